// Statements about what a builder asks of its staff when they sign in.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { signInRules } from './schema/index.ts'

/** Of the scope's tenant: row-level security leaves no other. Null: it is not required. */
export async function secondFactorRequiredAt(db: Db): Promise<Date | null> {
  const [row] = await db
    .select({ at: signInRules.secondFactorRequiredAt })
    .from(signInRules)
    .orderBy(signInRules.tenantId)
    .limit(1)
  return row?.at ?? null
}

/** False when it was so already. */
export async function setSecondFactorRequired(
  db: Db,
  tenantId: string,
  isRequired: boolean,
): Promise<boolean> {
  const at = isRequired ? sql`now()` : sql`null::timestamptz`
  const rows = await db.execute(sql`
    insert into ${signInRules} as r (tenant_id, second_factor_required_at) values (${tenantId}, ${at})
    on conflict (tenant_id) do update set second_factor_required_at = excluded.second_factor_required_at
      where (r.second_factor_required_at is null) <> (excluded.second_factor_required_at is null)
    returning 1`)
  return rows.length > 0
}
