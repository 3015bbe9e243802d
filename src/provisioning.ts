// Setting up a builder in one go: the builder with its first admin, a development, its homes from a list, their cards.
import { listImportsOf } from '#db/operator-lists.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { operatorScope } from './access/operator-scope.ts'
import { failure } from './failure.ts'
import { type HomeCard, printCards } from './home-cards.ts'
import { confirmImport, type ImportRow, startImport } from './imports.ts'
import { addDevelopment, type NewDevelopment } from './new-developments.ts'
import { createTenant, type NewTenant, openTenant } from './tenants.ts'

/** Returns the secret of the admin's link, which is stored nowhere. @throws Failure `conflict`, `invalid` */
export async function provisionTenant(
  scope: AdminScope,
  tenant: NewTenant,
  development: NewDevelopment,
): Promise<{ tenantId: string; developmentId: string; token: string }> {
  const { tenantId, token } = await createTenant(scope, tenant)
  const { id: developmentId } = await addDevelopment(operatorScope(scope, tenantId), development)
  return { tenantId, developmentId, token }
}

export type Provisioned = {
  tenantName: string
  developmentName: string
  homes: number
  imports: Pick<
    ImportRow,
    'id' | 'fileName' | 'status' | 'createCount' | 'updateCount' | 'unchangedCount' | 'errorCount'
  >[]
}

/** How far it is. @throws Failure `not_found` */
export async function readProvisioned(
  scope: AdminScope,
  tenantId: string,
  developmentId: string,
): Promise<Provisioned> {
  const { tenant } = await openTenant(scope, tenantId)
  const found = await acrossTenants(scope, 'setting up a builder', (db) =>
    listImportsOf(db, tenantId, developmentId),
  )
  if (!found) throw failure('not_found')
  return { tenantName: tenant.name, ...found }
}

/** Checks the list first; nothing is imported before the operator has read what it would do. @throws Failure `not_found` */
export async function importHomes(
  scope: AdminScope,
  of: { tenantId: string; developmentId: string; fileName: string },
  content: Uint8Array,
): Promise<void> {
  await readProvisioned(scope, of.tenantId, of.developmentId)
  const { developmentId, fileName } = of
  await startImport(operatorScope(scope, of.tenantId), { developmentId, fileName, isDryRun: true }, content)
}

/** @throws Failure `not_found`, `import_not_waiting` */
export async function confirmHomes(scope: AdminScope, tenantId: string, importId: string): Promise<void> {
  await confirmImport(operatorScope(scope, tenantId), importId)
}

/** @throws Failure `not_found` */
export async function cardsOfDevelopment(
  scope: AdminScope,
  tenantId: string,
  developmentId: string,
): Promise<{ cards: HomeCard[]; isWhole: boolean }> {
  await readProvisioned(scope, tenantId, developmentId)
  return printCards(operatorScope(scope, tenantId), { developmentId })
}
