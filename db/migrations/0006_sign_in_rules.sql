CREATE TABLE "sign_in_rules" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"second_factor_required_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "sign_in_rules" ADD CONSTRAINT "sign_in_rules_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;