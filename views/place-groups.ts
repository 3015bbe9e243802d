// The groups in which people look for places, and which recorded categories belong to each.

const GROUPS = {
  shops: ['Shops', 'supermarket convenience_store grocer shopping shop'],
  schools: ['Schools', 'school primary_school secondary_school college'],
  childcare: ['Childcare', 'creche childcare'],
  transport: ['Bus and train', 'bus bus_stop train_station tram_stop transport'],
  health: ['Health', 'pharmacy doctor dentist hospital'],
  parks: ['Parks and play', 'park playground'],
  food: ['Eating out', 'cafe restaurant takeaway'],
  sport: ['Sport', 'gym swimming_pool sports_facility'],
  fuel: ['Fuel and charging', 'petrol_station charging_point'],
  money: ['Money and post', 'bank atm post_office'],
  diy: ['DIY', 'diy_store'],
  around: ['Around here', ''],
} as const

export type PlaceGroupKey = keyof typeof GROUPS

export const placeGroupKeys = Object.keys(GROUPS) as [PlaceGroupKey, ...PlaceGroupKey[]]

export const placeGroupLabel = (key: PlaceGroupKey): string => GROUPS[key][0]

const groupByCategory = new Map(
  placeGroupKeys.flatMap((key) => GROUPS[key][1].split(' ').map((category) => [category, key] as const)),
)

/** A category that is in no group is still shown, under the last one. */
export const placeGroupOf = (category: string): PlaceGroupKey => groupByCategory.get(category) ?? 'around'

/** What the name alone would spell wrongly. */
const SPELT: Record<string, string> = { atm: 'ATM', cafe: 'Café', creche: 'Crèche', diy_store: 'DIY store' }

/** "primary_school" is "Primary school". */
export function categoryLabel(category: string): string {
  const spelt = SPELT[category]
  if (spelt) return spelt
  const words = category.replace(/[_-]/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
