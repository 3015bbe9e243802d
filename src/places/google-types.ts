// Which of Google's place types belong to which group, and what they say a place is.
import { groupOf, type PlaceCategory, type PlaceGroup, reachM } from './categories.ts'

/** Table A of https://developers.google.com/maps/documentation/places/web-service/place-types, by group. */
const TYPES: Record<PlaceGroup, Record<string, PlaceCategory>> = {
  groceries: { supermarket: 'supermarket', grocery_store: 'grocer', convenience_store: 'convenience_store' },
  schools: { primary_school: 'primary_school', secondary_school: 'secondary_school', school: 'school' },
  childcare: { preschool: 'creche', child_care_agency: 'creche' },
  health: { pharmacy: 'pharmacy', doctor: 'doctor', dentist: 'dentist', hospital: 'hospital' },
  parks: { park: 'park', playground: 'playground' },
  transport: { bus_stop: 'bus_stop', train_station: 'train_station', light_rail_station: 'tram_stop' },
  eating_out: { cafe: 'cafe', restaurant: 'restaurant', meal_takeaway: 'takeaway' },
  fitness: { gym: 'gym', swimming_pool: 'swimming_pool', sports_complex: 'sports_facility' },
  fuel: { gas_station: 'petrol_station', electric_vehicle_charging_station: 'charging_point' },
  banking: { bank: 'bank', atm: 'atm', post_office: 'post_office' },
  diy: { home_improvement_store: 'diy_store', hardware_store: 'diy_store' },
}

export type GoogleSearch = { group: PlaceGroup; includedTypes: string[]; radiusM: number }

/** One search a group: its limit is then the group's own. */
export const googleSearches = (): GoogleSearch[] =>
  (Object.entries(TYPES) as [PlaceGroup, Record<string, PlaceCategory>][]).map(([group, types]) => ({
    group,
    includedTypes: Object.keys(types),
    radiusM: Math.max(...Object.values(types).map(reachM)),
  }))

/** Null for a place whose primary type is of another group: a filling station sells groceries, and is found as one. */
export function categoryOfTypes(
  group: PlaceGroup,
  { primaryType, types }: { primaryType?: string | undefined; types: readonly string[] },
): PlaceCategory | null {
  const own = primaryType === undefined ? undefined : CATEGORY_BY_TYPE.get(primaryType)
  if (own) return groupOf(own) === group ? own : null
  const known = types.map((type) => CATEGORY_BY_TYPE.get(type))
  return known.find((category) => category !== undefined && groupOf(category) === group) ?? null
}

const CATEGORY_BY_TYPE = new Map(Object.values(TYPES).flatMap((types) => Object.entries(types)))
