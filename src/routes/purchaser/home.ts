// What is recorded of the home, and whom to call.
import { Elysia } from 'elysia'
import type { FactRow } from '#db/home-facts.ts'
import type { HomeRow } from '#db/units.ts'
import { formatArea, formatDate, formatNumber } from '#views/format.ts'
import type { Contact } from '#views/purchaser/contacts.tsx'
import { EmergencyCardPage, OfflinePage } from '#views/purchaser/emergency.tsx'
import { type FactGroup, HomePage } from '#views/purchaser/home.tsx'
import { access } from '../../access/access.ts'
import { homeWithFacts } from '../../homes.ts'
import { type HomeMaintenance, maintenanceOf } from '../../maintenance.ts'
import { isUndecided, transferOf } from '../../transfers.ts'
import { shellOf } from './present.ts'

export const home = new Elysia({ name: 'purchaser/home' })
  .use(access)
  .get(
    '/home',
    async ({ purchaser }) => {
      const { scope } = purchaser
      const [{ home, facts }, transfer, maintenance] = await Promise.all([
        homeWithFacts(scope),
        transferOf(scope, scope.unitId),
        maintenanceOf(scope),
      ])
      return HomePage({
        handingOver:
          transfer && isUndecided(transfer) ? { awaitsYou: transfer.state === 'awaits_household' } : null,
        shell: shellOf(home),
        summary: summaryOf(home),
        groups: groupsOf(home, mostSpecific(facts)),
        contacts: contactsOf(facts),
        maintenance: maintenanceWords(maintenance),
      })
    },
    { forPurchaser: true, detail: { hide: true } },
  )
  .get(
    '/emergency',
    async ({ purchaser }) => {
      const { home, facts } = await homeWithFacts(purchaser.scope)
      const [shutOffs] = groupsOf(
        home,
        mostSpecific(facts).filter(({ topic }) => topic === 'emergency'),
      )
      const contacts = contactsOf(facts)
      return EmergencyCardPage({ address: home.addressLine, contacts, shutOffs: shutOffs?.facts ?? [] })
    },
    { forPurchaser: 'before_reading', detail: { hide: true } },
  )
  .get('/offline', () => OfflinePage(), {
    forAnyone: 'says that there is no network, and nothing else',
    detail: { hide: true },
  })

/** Of facts with the same key, the home's own beats the type's, which beats the development's. */
function mostSpecific(facts: FactRow[]): FactRow[] {
  const rank = (fact: FactRow) => (fact.unitId ? 2 : fact.houseTypeId ? 1 : 0)
  const best = new Map<string, FactRow>()
  for (const fact of facts) {
    const known = best.get(fact.key)
    if (!known || rank(fact) > rank(known)) best.set(fact.key, fact)
  }
  return [...best.values()]
}

function summaryOf(home: HomeRow): string {
  const bedrooms = home.bedrooms === null ? null : `${home.bedrooms}-bedroom home`
  const area = home.floorAreaM2 === null ? null : formatArea(home.floorAreaM2)
  return [bedrooms, area, `house type ${home.houseTypeCode}`].filter(Boolean).join(' · ')
}

function maintenanceWords({ timeline, handedOverOn }: HomeMaintenance): string {
  const { overdue, soon, later, undated } = timeline
  if (overdue.length > 0) return `${formatNumber(overdue.length)} overdue`
  const next = soon[0] ?? later[0]
  if (next) return `Next: ${next.item.title}, ${formatDate(new Date(`${next.dueOn}T12:00:00Z`))}`
  if (handedOverOn === null && undated.length > 0) return 'The day of handover is not recorded yet'
  return 'Nothing is due'
}

const GROUPS: [title: string, topics: string[]][] = [
  ['Rooms', ['rooms']],
  ['Heating and energy', ['heating', 'hot_water', 'ventilation', 'solar', 'ber']],
  ['Where to turn things off', ['emergency']],
  ['Outside and parking', ['parking', 'bins']],
  ['About the estate', ['management_company', 'utilities']],
]

function groupsOf(home: HomeRow, facts: FactRow[]): FactGroup[] {
  const note = (fact: FactRow) =>
    fact.unitId
      ? null
      : fact.houseTypeId
        ? `Typical of house type ${home.houseTypeCode}`
        : `For all of ${home.developmentName}`
  return GROUPS.map(([title, topics]) => ({
    title,
    facts: facts
      .filter((fact) => topics.includes(fact.topic) && !isContact(fact))
      .map((fact) => ({ label: fact.label, value: fact.value, note: note(fact) })),
  })).filter((group) => group.facts.length > 0)
}

/** Whom to call stands among the contacts, even where two numbers are given at once. */
const isContact = (fact: FactRow) => PHONE.test(fact.value) || fact.key === SERVICES

/** 999 and 112, which every home has whether they are recorded or not. */
const SERVICES = 'emergency.services'
const PHONE = /^\+?[\d ()/-]{3,20}$/

function contactsOf(facts: FactRow[]): Contact[] {
  const recorded = facts.filter(
    (fact) => (fact.topic === 'emergency' || fact.topic === 'contacts') && PHONE.test(fact.value),
  )
  const others = recorded.filter((fact) => fact.key !== SERVICES)
  return [
    { label: 'Emergency services', number: '112', note: 'or 999' },
    ...others.map((fact) => ({ label: fact.label, number: fact.value, note: null })),
  ]
}
