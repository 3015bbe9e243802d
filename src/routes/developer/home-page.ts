// The page of one home, as every route of the home answers with it.
import { DeveloperHomePage, type HomeDone } from '#views/developer/home.tsx'
import type { HomeEventView } from '#views/developer/home-timeline.tsx'
import type { RepairFormView } from '#views/developer/repair-forms.tsx'
import { paths } from '#views/paths.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { checklistKeys, checklistsOfUnit, type HomeChecklistItem } from '../../checklists.ts'
import { houseTypeOptions } from '../../estate-summary.ts'
import { type HomeEvent, homeEvents, type TypedDetails } from '../../home-details.ts'
import { portalPlace } from '../../portal.ts'
import { type HomeView, openHome } from '../../repairs.ts'
import { transferOf } from '../../transfers.ts'
import { shellOf } from './present.ts'

export const HOME_DONE = [
  ...(['repaired', 'undone', 'changed', 'link', 'moving_on', 'moved_on', 'not_moving_on'] as const),
] as const satisfies HomeDone[]

type Problems = { path: string; message: string }[]

type Said = {
  done?: HomeDone | undefined
  accessCode?: string
  repair?: RepairFormView
  transferError?: string
  details?: { typed: TypedDetails; problems: Problems }
}

export async function homePage(staff: StaffCaller, unitId: string, said: Said) {
  const { unit, people, repairs } = await openHome(staff.scope, unitId)
  const [place, houseTypes, events, transfer, checklists] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, unit.developmentId),
    houseTypeOptions(staff.scope, unit.developmentId),
    homeEvents(staff.scope, unitId),
    transferOf(staff.scope, unitId),
    checklistsOfUnit(staff.scope, unitId),
  ])
  const problems = said.details?.problems ?? []
  return DeveloperHomePage({
    shell: shellOf(place),
    developmentName: place.chosen?.name ?? '',
    homesUrl: paths.developer.homes({ development: unit.developmentId }),
    home: { id: unit.id, number: unit.number, address: unit.addressLine, houseType: unit.houseTypeCode },
    people,
    houseTypes: houseTypes.map((type) => ({ value: type.code, label: `${type.code}: ${type.name}` })),
    repairs: repairs.map((repair) => ({ ...repair, isUndoable: repair.kind !== 'undo' && !repair.undoneAt })),
    details: {
      saved: {
        eircode: unit.eircode,
        handedOverOn: unit.handedOverOn ? new Date(`${unit.handedOverOn}T12:00:00Z`) : null,
        bedrooms: unit.bedrooms,
        floorAreaM2: unit.floorAreaM2,
        hasPosition: unit.latitude !== null,
        tenure: unit.tenure,
        phase: unit.phase,
      },
      isMixed: place.chosen?.tenure === 'mixed',
      tenure: said.details?.typed.tenure ?? unit.tenure,
      values: said.details?.typed ?? valuesOf(unit),
      isOpen: problems.length > 0,
      problem: (field) => problems.find(({ path }) => path === field)?.message,
    },
    accessCode: said.accessCode ?? null,
    checklists: progressOf(checklists),
    events: events.map((event) => eventView(event, staff.role === 'admin')),
    transfer,
    transferError: said.transferError ?? null,
    form: said.repair ?? null,
    done: said.done ?? null,
  })
}

const progressOf = (items: readonly HomeChecklistItem[]) =>
  checklistKeys
    .map((checklist) => items.filter((item) => item.checklist === checklist))
    .flatMap((list) => {
      const open = list.filter(({ tickedAt }) => tickedAt === null)
      const [first] = list
      return first
        ? [
            {
              checklist: first.checklist,
              done: list.length - open.length,
              total: list.length,
              open: open.map(({ title }) => title),
            },
          ]
        : []
    })

const valuesOf = (unit: HomeView['unit']): TypedDetails => ({
  address_line: unit.addressLine,
  eircode: unit.eircode ?? '',
  handed_over_on: unit.handedOverOn ?? '',
  bedrooms: unit.bedrooms === null ? '' : String(unit.bedrooms),
  floor_area_m2: unit.floorAreaM2 === null ? '' : String(unit.floorAreaM2),
  phase: unit.phase ?? '',
})

/** From where a card was scanned is for administrators. */
const eventView = (event: HomeEvent, isAdmin: boolean): HomeEventView => ({
  kind: event.kind,
  at: new Date(event.at),
  count: event.count,
  outcome: event.detail,
  ipAddress: isAdmin ? event.ipAddress : null,
})
