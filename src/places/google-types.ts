// Which of Google's place types belong to which group, and what they say a place is.
import { type PlaceCategory, type PlaceGroup, reachM } from './categories.ts'

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

/** The primary type first, because a filling station is a convenience store as well. */
export function categoryOfTypes(group: PlaceGroup, types: readonly string[]): PlaceCategory | null {
  const known = TYPES[group]
  const type = types.find((name) => Object.hasOwn(known, name))
  return type === undefined ? null : (known[type] ?? null)
}
