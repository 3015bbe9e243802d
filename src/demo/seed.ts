// Seeds the demonstration into an empty database, and finishes what a killed start left half done.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentKind } from '#db/document-kinds.ts'
import { acrossTenants, type Scope, within } from '#db/scope.ts'
import {
  developmentsBySlug,
  documentCounts,
  type Estate,
  insertEstate,
  insertStaff,
  insertTenant,
  tenantBySlug,
  unitsByNumber,
} from '#db/seed.ts'
import { encryptAccessCode, makeAccessCode, makePublicId } from '../access/access-codes.ts'
import { apiKeyFrom } from '../access/api-keys.ts'
import { apiScopes } from '../access/api-scopes.ts'
import { hashPassword } from '../access/passwords.ts'
import { platformScope, systemScope } from '../access/system-scope.ts'
import { config } from '../config.ts'
import { checkUploadTarget, keepDocument } from '../documents.ts'
import { receivePdf } from '../uploads.ts'
import { type DemoSecrets, SUPER_ADMIN_EMAIL } from './credentials.ts'
import { demoTenants } from './estates.ts'
import type { DemoDevelopment, DemoFact, DemoTenant } from './model.ts'

/** A generous plan, so that measuring the demo measures the product. */
const DEMO_REQUESTS_PER_MINUTE = 6_000

export type SeedProgress = (sentence: string) => void

/** Everything but the ingestion, which the queue does. Running it again changes nothing. */
export async function seedDemo(secrets: DemoSecrets, progress: SeedProgress): Promise<void> {
  for (const { tenant, tenantId } of await seedDemoEstates(secrets))
    await seedDocuments(systemScope(tenantId, 'demo'), tenant, progress)
}

/** The tenants with their people, homes and facts, without documents. */
export async function seedDemoEstates(
  secrets: DemoSecrets,
): Promise<{ tenant: DemoTenant; tenantId: string }[]> {
  const passwordHash = await hashPassword(secrets.password(SUPER_ADMIN_EMAIL))
  const operator = {
    tenantId: null,
    email: SUPER_ADMIN_EMAIL,
    name: 'Platform operator (demo)',
    role: 'super_admin' as const,
    passwordHash,
  }
  await acrossTenants(platformScope('demo'), 'seeding the demonstration', (db) => insertStaff(db, [operator]))
  const seeded = []
  for (const tenant of demoTenants()) seeded.push({ tenant, tenantId: await seedTenant(tenant, secrets) })
  return seeded
}

/** Documents of the demonstration that ingestion has not finished yet. */
export async function unfinishedDemoDocuments(): Promise<number> {
  return acrossTenants(
    platformScope('demo'),
    'waiting for the demonstration',
    async (db) => (await documentCounts(db, platformScope('demo').requestId)).unfinished,
  )
}

async function seedTenant(tenant: DemoTenant, secrets: DemoSecrets): Promise<string> {
  const staffRows = await Promise.all(
    tenant.staff.map(async (person) => ({
      ...person,
      id: Bun.randomUUIDv7(),
      passwordHash: await hashPassword(secrets.password(person.email)),
    })),
  )
  return acrossTenants(platformScope('demo'), 'seeding the demonstration', async (db) => {
    const known = await tenantBySlug(db, tenant.slug)
    if (known) return known.id
    const tenantId = Bun.randomUUIDv7()
    await insertTenant(db, { id: tenantId, slug: tenant.slug, name: tenant.name })
    await insertStaff(
      db,
      staffRows.map(({ id, email, name, role, passwordHash }) => ({
        id,
        tenantId,
        email,
        name,
        role,
        passwordHash,
      })),
    )
    const estate = estateOf(tenantId, tenant, secrets)
    const idOf = new Map(
      estate.developments.map((development) => [development.slug, development.id as string]),
    )
    const staffDevelopments = staffRows.flatMap((person) =>
      person.developments.map((slug) => ({
        tenantId,
        staffId: person.id,
        developmentId: idOf.get(slug) as string,
      })),
    )
    await insertEstate(db, { ...estate, staffDevelopments })
    return tenantId
  })
}

function estateOf(
  tenantId: string,
  tenant: DemoTenant,
  secrets: DemoSecrets,
): Omit<Estate, 'staffDevelopments'> {
  const parts = tenant.developments.map((development) => developmentRows(tenantId, development))
  const { key: _, ...stored } = apiKeyFrom(secrets.bytes(`api key ${tenant.slug}`))
  return {
    developments: parts.map((part) => part.development),
    houseTypes: parts.flatMap((part) => part.houseTypes),
    units: parts.flatMap((part) => part.units),
    purchasers: parts.flatMap((part) => part.purchasers),
    facts: parts.flatMap((part) => part.facts),
    places: parts.flatMap((part) => part.places),
    checklistItems: parts.flatMap((part) => part.checklistItems),
    maintenanceItems: parts.flatMap((part) => part.maintenanceItems),
    responsibilities: parts.flatMap((part) => part.responsibilities),
    notices: parts.flatMap((part) => part.notices).map((row) => ({ ...row, authorName: tenant.name })),
    apiKeys: [
      {
        tenantId,
        name: 'Demo',
        ...stored,
        scopes: [...apiScopes],
        requestsPerMinute: DEMO_REQUESTS_PER_MINUTE,
      },
    ],
  }
}

function developmentRows(tenantId: string, development: DemoDevelopment) {
  const developmentId = Bun.randomUUIDv7()
  const {
    houseTypes: types,
    units: homes,
    facts,
    places,
    notices,
    responsibilities,
    maintenance,
    checklists,
    documents: _,
    ...rest
  } = development
  const houseTypes = types.map((type) => ({ id: Bun.randomUUIDv7(), tenantId, developmentId, ...type }))
  const typeId = (code: string) => houseTypes.find((type) => type.code === code)?.id as string
  const factRow = (fact: DemoFact, unitId: string | null) => {
    const { houseTypeCode, ...value } = fact
    return {
      tenantId,
      developmentId,
      unitId,
      houseTypeId: unitId || !houseTypeCode ? null : typeId(houseTypeCode),
      ...value,
    }
  }
  const units = homes.map(({ houseTypeCode, purchasers: _people, facts: _facts, ...home }) => {
    const id = Bun.randomUUIDv7()
    const code = makeAccessCode(development.codePrefix)
    return {
      id,
      tenantId,
      developmentId,
      houseTypeId: typeId(houseTypeCode),
      ...home,
      publicId: makePublicId(),
      accessCodeEncrypted: encryptAccessCode(code, id, config().encryptionKey),
    }
  })
  return {
    development: { id: developmentId, tenantId, ...rest },
    houseTypes,
    units,
    purchasers: homes.flatMap((home, i) =>
      home.purchasers.map(({ fullName }, position) => ({
        tenantId,
        unitId: units[i]?.id as string,
        fullName,
        position: position + 1,
      })),
    ),
    facts: [
      ...facts.map((fact) => factRow(fact, null)),
      ...homes.flatMap((home, i) => home.facts.map((fact) => factRow(fact, units[i]?.id as string))),
    ],
    places: places.map((place) => ({ tenantId, developmentId, ...place })),
    checklistItems: checklists.map((row, i) => ({ tenantId, developmentId, position: i + 1, ...row })),
    maintenanceItems: maintenance.map((row) => ({ tenantId, developmentId, ...row })),
    responsibilities: responsibilities.map((row) => ({ tenantId, developmentId, ...row })),
    notices: notices.map((notice) => ({ tenantId, developmentId, ...notice })),
  }
}

async function seedDocuments(scope: Scope, tenant: DemoTenant, progress: SeedProgress): Promise<void> {
  const expected = tenant.developments.reduce((sum, development) => sum + development.documents.length, 0)
  const { total } = await within(scope, (db) => documentCounts(db, scope.requestId))
  if (total >= expected) return
  const idOf = new Map((await within(scope, developmentsBySlug)).map((row) => [row.slug, row.id]))
  for (const development of tenant.developments) {
    const developmentId = idOf.get(development.slug) as string
    const unitIds = new Map(
      (await within(scope, (db) => unitsByNumber(db, developmentId))).map((unit) => [unit.number, unit.id]),
    )
    progress(`Writing ${development.documents.length} documents of ${development.name}`)
    for (const document of development.documents) {
      const { houseTypeIds } = await checkUploadTarget(scope, {
        developmentId,
        houseTypeCodes: document.houseTypeCodes,
      })
      const bytes = await document.build()
      const file = await receivePdf(oneChunk(bytes), bytes.byteLength)
      await keepDocument(
        scope,
        {
          developmentId,
          title: document.title,
          kind: document.kind as DocumentKind,
          houseTypeCodes: document.houseTypeCodes,
          unitId: document.unitNumber ? (unitIds.get(document.unitNumber) ?? null) : null,
          fileName: document.fileName,
        },
        houseTypeIds,
        file,
      )
    }
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** `demo.json`: where to sign in, readable by the owner only. Written anew at each start, always true. */
export async function writeDemoFile(contents: unknown): Promise<string> {
  await mkdir(config().dataDir, { recursive: true })
  const path = join(config().dataDir, 'demo.json')
  await writeFile(path, `${JSON.stringify(contents, null, 2)}\n`, { mode: 0o600 })
  return path
}
