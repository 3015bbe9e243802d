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
  /** From then on the builder does the rest (decision 029). */
  isLivedIn: boolean
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

/** Only until somebody moved in: what comes then is the builder's. @throws Failure `not_found`, `set_up_over` */
async function whileSettingUp(scope: AdminScope, tenantId: string, developmentId: string) {
  const found = await readProvisioned(scope, tenantId, developmentId)
  if (found.isLivedIn) throw failure('set_up_over')
  return found
}

/** Checks the list first; nothing is imported before the operator has read what it would do. @throws Failure `not_found`, `set_up_over` */
export async function importHomes(
  scope: AdminScope,
  of: { tenantId: string; developmentId: string; fileName: string },
  content: Uint8Array,
): Promise<void> {
  await whileSettingUp(scope, of.tenantId, of.developmentId)
  const { developmentId, fileName } = of
  await startImport(operatorScope(scope, of.tenantId), { developmentId, fileName, isDryRun: true }, content)
}

/** @throws Failure `not_found`, `set_up_over`, `import_not_waiting` */
export async function confirmHomes(
  scope: AdminScope,
  tenantId: string,
  developmentId: string,
  importId: string,
): Promise<void> {
  const { imports } = await whileSettingUp(scope, tenantId, developmentId)
  if (!imports.some(({ id }) => id === importId)) throw failure('not_found')
  await confirmImport(operatorScope(scope, tenantId), importId)
}

/** @throws Failure `not_found`, `set_up_over` */
export async function cardsOfDevelopment(
  scope: AdminScope,
  tenantId: string,
  developmentId: string,
): Promise<{ cards: HomeCard[]; isWhole: boolean }> {
  await whileSettingUp(scope, tenantId, developmentId)
  return printCards(operatorScope(scope, tenantId), { developmentId })
}
