-- Before anybody is known the door asks whether a builder wants a code beside the password.
SELECT open_door('sign_in_rules'::regclass);
GRANT SELECT (tenant_id, second_factor_required_at) ON sign_in_rules TO openhouse_door;
