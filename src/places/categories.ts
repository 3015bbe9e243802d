// The kinds of places that are fetched, in the groups that people look for and each group is limited by.

/** Category names are words that `src/answers/place-categories.ts` recognises. */
export const placeGroups = {
  groceries: ['supermarket', 'convenience_store', 'grocer'],
  schools: ['primary_school', 'secondary_school', 'school'],
  childcare: ['creche'],
  health: ['pharmacy', 'doctor', 'dentist', 'hospital'],
  parks: ['park', 'playground'],
  transport: ['bus_stop', 'train_station', 'tram_stop'],
  eating_out: ['cafe', 'restaurant', 'takeaway'],
  fitness: ['gym', 'swimming_pool', 'sports_facility'],
  fuel: ['petrol_station', 'charging_point'],
  banking: ['bank', 'atm', 'post_office'],
  diy: ['diy_store'],
} as const

export type PlaceGroup = keyof typeof placeGroups
export type PlaceCategory = (typeof placeGroups)[PlaceGroup][number]

/** How far one goes for it. A bus stop is of use when it is near, a hospital wherever it is. */
const REACH_M_DEFAULT = 3_000
const REACH_M: Partial<Record<PlaceCategory, number>> = {
  bus_stop: 1_000,
  atm: 2_000,
  playground: 2_000,
  secondary_school: 5_000,
  train_station: 10_000,
  hospital: 10_000,
  swimming_pool: 5_000,
  diy_store: 5_000,
}

export const reachM = (category: PlaceCategory): number => REACH_M[category] ?? REACH_M_DEFAULT

export const groupOf = (category: PlaceCategory): PlaceGroup => groupByCategory.get(category) as PlaceGroup

const groupByCategory = new Map<PlaceCategory, PlaceGroup>(
  Object.entries(placeGroups).flatMap(([group, categories]) =>
    categories.map((category): [PlaceCategory, PlaceGroup] => [category, group as PlaceGroup]),
  ),
)
