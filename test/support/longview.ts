// Longview Park in a test database: who it is, and a look past every policy.
import postgres from 'postgres'
import type { Scope } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import type { TestDatabase } from './database.ts'

export type Longview = {
  /** As the superuser: for looking and for arranging, not for doing. */
  look: postgres.Sql
  scope: Scope
  development: { id: string; latitude: number; longitude: number }
}

export async function openLongview(database: TestDatabase): Promise<Longview> {
  const look = postgres(database.superuserUrl, { max: 2, onnotice: () => {} })
  const [row] =
    await look`select id, tenant_id, latitude, longitude from developments where slug = 'longview-park'`
  const { tenant_id: tenantId, ...development } = row ?? {}
  return { look, scope: systemScope(tenantId, 'test'), development: development as Longview['development'] }
}
