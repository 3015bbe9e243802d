// The demonstration's credentials: derived from a secret kept in the data folder, so that they outlive restarts.
import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acrossTenants, within } from '#db/scope.ts'
import { seededHomes, tenantBySlug } from '#db/seed.ts'
import { decryptAccessCode } from '../access/access-codes.ts'
import { apiKeyFrom } from '../access/api-keys.ts'
import { platformScope, systemScope } from '../access/system-scope.ts'
import { config } from '../config.ts'
import { demoTenants } from './estates.ts'

export const SUPER_ADMIN_EMAIL = 'operator@openhouse.example'
/** Homes listed for each development: some of every house type. */
const HOMES_A_TYPE = 2

export type DemoSecrets = { password(email: string): string; bytes(name: string): Uint8Array }

export function demoSecrets(dataDir: string): DemoSecrets {
  const path = join(dataDir, 'demo-secret')
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 })
    chmodSync(path, 0o600)
  }
  const secret = readFileSync(path, 'utf8').trim()
  const bytes = (name: string) => new Uint8Array(createHmac('sha256', secret).update(name).digest())
  return {
    bytes,
    password: (email) =>
      `demo-${Buffer.from(bytes(`password ${email}`))
        .toString('base64url')
        .slice(0, 16)}`,
  }
}

/** The contents of `demo.json`. */
export async function demoContents(secrets: DemoSecrets) {
  const account = (email: string) => ({ email, password: secrets.password(email) })
  const tenants = demoTenants()
  const staff = (role: 'admin' | 'developer') =>
    tenants.flatMap((tenant) =>
      tenant.staff
        .filter((person) => person.role === role)
        .map((person) => ({ ...account(person.email), tenant: tenant.slug })),
    )
  return {
    base_url: config().publicUrl,
    super_admin: account(SUPER_ADMIN_EMAIL),
    admins: staff('admin'),
    developers: staff('developer'),
    api_keys: tenants.map((tenant) => ({
      tenant: tenant.slug,
      key: apiKeyFrom(secrets.bytes(`api key ${tenant.slug}`)).key,
    })),
    homes: (await Promise.all(tenants.map((tenant) => homesOf(tenant.slug)))).flat(),
  }
}

async function homesOf(slug: string) {
  const tenant = await acrossTenants(platformScope('demo'), 'listing the demonstration', (db) =>
    tenantBySlug(db, slug),
  )
  if (!tenant) return []
  const rows = await within(systemScope(tenant.id, 'demo'), seededHomes)
  const perType = new Map<string, number>()
  return rows
    .filter((home) => {
      const key = `${home.developmentId} ${home.houseTypeCode}`
      perType.set(key, (perType.get(key) ?? 0) + 1)
      return (perType.get(key) as number) <= HOMES_A_TYPE
    })
    .map((home) => ({
      tenant: slug,
      unit_id: home.unitId,
      development_id: home.developmentId,
      house_type: home.houseTypeCode,
      number: home.number,
      url: `${config().publicUrl}/h/${home.publicId}`,
      access_code: decryptAccessCode(home.accessCodeEncrypted, home.unitId, config().encryptionKey),
      purchasers: home.purchasers,
    }))
}
