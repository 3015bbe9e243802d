// Builders as the operator keeps them: made with a first admin, suspended, resumed.
import { createHash, randomBytes } from 'node:crypto'
import { type AdminScope, acrossTenants, type Db, sqlState } from '#db/scope.ts'
import { setStaffLink } from '#db/staff.ts'
import { storedBytes } from '#db/storage-use.ts'
import * as rows from '#db/tenants.ts'
import { forgetApiKeys } from './access/api-keys.ts'
import { hashPassword } from './access/passwords.ts'
import { forgetAllSessions } from './access/sessions.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { storageUse } from './storage-use.ts'

export type { TenantRecord, TenantStaff } from '#db/tenants.ts'

const TOKEN_BYTES = 32
const INVITATION_DAYS = 7
const UNIQUE_VIOLATION = '23505'

export function tenantsPage(
  scope: AdminScope,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<rows.TenantRecord>> {
  const [name, id] = readCursor('tenants', query.cursor, 2) ?? []
  const after = name !== undefined && id ? { name, id } : null
  return acrossTenants(scope, 'the builders', async (db) => {
    const found = await rows.listTenants(db, { after, limit: query.limit + 1 })
    return pageOf('tenants', found, query.limit, (row) => [row.name, row.id])
  })
}

/** @throws Failure `not_found` */
export const openTenant = (scope: AdminScope, id: string) =>
  acrossTenants(scope, 'a builder', async (db) => {
    const tenant = await found(db, id)
    return { tenant, storage: storageUse(await storedBytes(db, id)) }
  })

export const staffOfTenant = (scope: AdminScope, id: string): Promise<rows.TenantStaff[]> =>
  acrossTenants(scope, 'the staff of a builder', (db) => rows.staffOfTenant(db, id))

export type NewTenant = { name: string; slug: string; adminName: string; adminEmail: string }

/**
 * Makes a builder with its first admin, who chooses a password with a link that is good once and for a week.
 * Returns the link's secret, which is stored nowhere. @throws Failure `conflict` when slug or address are taken
 */
export async function createTenant(
  scope: AdminScope,
  { name, slug, adminName, adminEmail }: NewTenant,
): Promise<{ tenantId: string; token: string }> {
  const [tenantId, staffId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  // Nobody knows it: until the link was used nobody signs in.
  const passwordHash = await hashPassword(randomBytes(TOKEN_BYTES).toString('base64url'))
  try {
    await acrossTenants(scope, 'a new builder', async (db) => {
      await rows.insertTenant(db, { id: tenantId, name, slug })
      await rows.insertStaff(db, {
        id: staffId,
        tenantId,
        email: adminEmail,
        name: adminName,
        role: 'admin',
        passwordHash,
      })
      await setStaffLink(db, {
        tenantId,
        staffId,
        purpose: 'invitation',
        tokenHash: hashOf(token),
        expiresAt: new Date(Date.now() + INVITATION_DAYS * 86_400_000),
      })
      await noteAct(db, scope, 'tenant.created', tenantId, { name, slug, staffId })
    })
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) throw failure('conflict', {}, { cause: error })
    throw error
  }
  return { tenantId, token }
}

/**
 * A suspended builder's people are signed out and cannot sign in, homes' links and API keys answer as if unknown,
 * and jobs wait. Nothing is deleted; resuming undoes all of it but the sessions. @throws Failure `not_found`
 */
export async function setTenantSuspended(scope: AdminScope, id: string, isSuspended: boolean): Promise<void> {
  await acrossTenants(scope, isSuspended ? 'suspending a builder' : 'resuming a builder', async (db) => {
    await found(db, id)
    if (!(await rows.setSuspended(db, id, isSuspended))) return
    if (isSuspended) await rows.revokeTenantSessions(db, id)
    await noteAct(db, scope, isSuspended ? 'tenant.suspended' : 'tenant.resumed', id, {})
  })
  forgetAllSessions()
  forgetApiKeys()
}

async function found(db: Db, id: string): Promise<rows.TenantRecord> {
  const tenant = await rows.tenantById(db, id)
  if (!tenant) throw failure('not_found')
  return tenant
}

const noteAct = (db: Db, scope: AdminScope, action: string, id: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { tenantId: id, action, targetType: 'tenant', targetId: id, changes })

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
