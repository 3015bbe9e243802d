// Who looks after the things around a home: recorded by staff with what says so, read by households and the chat.
import { developmentById } from '#db/developments.ts'
import {
  deleteResponsibility,
  putResponsibility,
  type Responsibility,
  type ResponsibleParty,
  responsibilitiesOf,
} from '#db/responsibilities.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'

export type { Responsibility } from '#db/responsibilities.ts'

export const responsibleParties = [
  'owner',
  'builder',
  'management_company',
  'council',
  'utility',
  'unresolved',
] as const satisfies readonly ResponsibleParty[]

export const responsibilitiesNear = (home: HomeScope): Promise<Responsibility[]> =>
  within(home, (db) => responsibilitiesOf(db, home.developmentId))

export const responsibilitiesIn = (scope: Scope, developmentId: string): Promise<Responsibility[]> =>
  within(scope, (db) => responsibilitiesOf(db, developmentId))

/** @throws Failure `not_found` */
export async function recordResponsibility(scope: Scope, told: Omit<Responsibility, 'id'>): Promise<void> {
  await within(scope, async (db) => {
    if (!(await developmentById(db, told.developmentId))) throw failure('not_found')
    const id = await putResponsibility(db, { tenantId: scope.tenantId, ...told })
    await note(db, scope, 'responsibility.recorded', id, told)
  })
}

/** @throws Failure `not_found` */
export async function removeResponsibility(scope: Scope, id: string): Promise<{ developmentId: string }> {
  return within(scope, async (db) => {
    const gone = await deleteResponsibility(db, id)
    if (!gone) throw failure('not_found')
    await note(db, scope, 'responsibility.removed', id, gone)
    return gone
  })
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'responsibility', targetId, changes })
