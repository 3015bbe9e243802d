// The doors to the database: `within` one tenant, `acrossTenants`, `throughDoor` before a tenant is known.
import { type Db, inTransaction } from './client.ts'

export type { Db } from './client.ts'
export { DatabaseUnavailable, onWrites, sqlState } from './client.ts'

declare const minted: unique symbol

export type Actor =
  | { type: 'staff'; id: string; name: string; role: 'admin' | 'developer' }
  | { type: 'purchaser'; id: string; sessionId: string }
  | { type: 'api_client'; id: string; name: string; scopes: readonly string[] }
  | { type: 'super_admin'; id: string; name: string }
  | { type: 'system'; id: string }
  /** Whoever holds a contractor's link; the id is the link's. */
  | { type: 'contractor'; id: string }

/** Proof that the caller was verified and belongs to one tenant. Cannot be written by hand, only minted. */
export type Scope = {
  readonly [minted]: 'tenant'
  readonly tenantId: string
  readonly actor: Actor
  readonly requestId: string
  /** Which developments of the tenant the actor may see. */
  readonly developmentIds: 'all' | readonly string[]
  readonly readOnly: boolean
}

/** The scope of one home. Retrieval and documents of purchasers take nothing wider. */
export type HomeScope = Scope & {
  readonly developmentId: string
  readonly unitId: string
  readonly houseTypeId: string
}

/** Proof that the caller is a super admin. */
export type AdminScope = {
  readonly [minted]: 'platform'
  readonly actor: Extract<Actor, { type: 'super_admin' }>
  readonly requestId: string
}

/** Only `src/access` (and test support) may call the three mints; `test/tidy.test.ts` holds them to it. */
export const mintScope = (scope: Omit<Scope, typeof minted>): Scope => Object.freeze({ ...scope }) as Scope

export const mintHomeScope = (
  scope: Omit<Scope, typeof minted>,
  home: { developmentId: string; unitId: string; houseTypeId: string },
): HomeScope =>
  Object.freeze({
    ...scope,
    ...home,
    developmentIds: Object.freeze([home.developmentId]),
  }) as unknown as HomeScope

export const mintAdminScope = (scope: Omit<AdminScope, typeof minted>): AdminScope =>
  Object.freeze({ ...scope }) as AdminScope

/** The door to one tenant's rows: everything else does not exist inside. */
export async function within<T>(scope: Scope, work: (db: Db) => Promise<T>): Promise<T> {
  const { tenantId, developmentIds, readOnly } = scope
  return inTransaction('openhouse_app', { tenantId, developmentIds, readOnly }, work)
}

/** The operator's door to all tenants. */
export async function acrossTenants<T>(
  _scope: AdminScope,
  _reason: string,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  return inTransaction('openhouse_platform', { tenantId: null }, work)
}

/** The narrow door for what happens before anyone is known; its role sees named columns only. */
export async function throughDoor<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return inTransaction('openhouse_door', { tenantId: null }, work)
}

/** The queue's door: job rows of every tenant, nothing of what they are about. */
export async function throughQueue<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return inTransaction('openhouse_queue', { tenantId: null }, work)
}

/** The keeper's door: the seals of the activity log and the rows that may be kept no longer, of every tenant. */
export async function throughKeeper<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return inTransaction('openhouse_keeper', { tenantId: null }, work)
}

/** The key of anything kept in memory for a tenant; there is no other way to make one. */
export const cacheKey = (scope: Scope, name: string, ...parts: (string | number)[]): string =>
  [scope.tenantId, name, ...parts].map(keyPart).join('/')

/** Encoded only where it could be taken for two parts, or for an encoded one: most are ids, and are asked for all the time. */
function keyPart(part: string | number): string {
  const text = String(part)
  return text.includes('/') || text.includes('%') ? encodeURIComponent(text) : text
}
