// What OpenStreetMap's tags say a place is, and the query that asks for exactly those.
import { type PlaceCategory, reachM } from './categories.ts'

type Rule = { key: string; values: Record<string, PlaceCategory> }

/** The first rule that fits names the category. */
const RULES: readonly Rule[] = [
  {
    key: 'shop',
    values: {
      supermarket: 'supermarket',
      convenience: 'convenience_store',
      greengrocer: 'grocer',
      butcher: 'grocer',
      bakery: 'grocer',
      doityourself: 'diy_store',
      hardware: 'diy_store',
      chemist: 'pharmacy',
    },
  },
  {
    key: 'amenity',
    values: {
      school: 'school',
      kindergarten: 'creche',
      childcare: 'creche',
      pharmacy: 'pharmacy',
      doctors: 'doctor',
      clinic: 'doctor',
      dentist: 'dentist',
      hospital: 'hospital',
      cafe: 'cafe',
      restaurant: 'restaurant',
      fast_food: 'takeaway',
      fuel: 'petrol_station',
      charging_station: 'charging_point',
      bank: 'bank',
      atm: 'atm',
      post_office: 'post_office',
    },
  },
  {
    key: 'leisure',
    values: {
      park: 'park',
      playground: 'playground',
      fitness_centre: 'gym',
      sports_centre: 'sports_facility',
      swimming_pool: 'swimming_pool',
    },
  },
  { key: 'highway', values: { bus_stop: 'bus_stop' } },
  {
    key: 'railway',
    values: { station: 'train_station', halt: 'train_station', tram_stop: 'tram_stop' },
  },
]

/** The names that stand for places which bear none of their own. */
const NAMES_OF_THE_NAMELESS: Partial<Record<PlaceCategory, string>> = {
  playground: 'Playground',
  atm: 'Cash machine',
  charging_point: 'Charging point',
}

export function categoryOfTags(tags: Readonly<Record<string, string>>): PlaceCategory | null {
  if (tags.access === 'private' || tags.access === 'no') return null
  for (const { key, values } of RULES) {
    const category = Object.hasOwn(values, tags[key] ?? '') ? values[tags[key] as string] : undefined
    if (category) return category === 'school' ? schoolOf(tags) : category
  }
  return null
}

/** Irish schools carry the level as a number or say it in their name. "Scoil" alone says neither. */
function schoolOf(tags: Readonly<Record<string, string>>): PlaceCategory {
  const level = tags['isced:level'] ?? ''
  const name = tags.name ?? ''
  if (/[23]/.test(level)) return 'secondary_school'
  if (level.includes('1')) return 'primary_school'
  if (/secondary|community college|community school|post.primary|coláiste|high school/i.test(name))
    return 'secondary_school'
  return /\bprimary|national school|gaelscoil|\bN\.?S\.?$/i.test(name) ? 'primary_school' : 'school'
}

export const nameOfTags = (tags: Readonly<Record<string, string>>, category: PlaceCategory): string | null =>
  tags['name:en'] ?? tags.name ?? tags.brand ?? tags.operator ?? NAMES_OF_THE_NAMELESS[category] ?? null

/** Overpass QL for everything that the rules know around a position. Positions are numbers, so nothing needs escaping. */
export function overpassQuery(
  { latitude, longitude }: { latitude: number; longitude: number },
  limits: { timeoutS: number; elementsMax: number },
): string {
  const statements = RULES.flatMap(({ key, values }) =>
    [...byReach(values)].map(
      ([reach, names]) =>
        `nwr["${key}"~"^(${names.join('|')})$"](around:${reach},${latitude.toFixed(6)},${longitude.toFixed(6)});`,
    ),
  )
  return `[out:json][timeout:${limits.timeoutS}];(${statements.join('')});out center ${limits.elementsMax};`
}

/** A school's level is known only once it is found, so schools are asked for as far as the farthest level reaches. */
function byReach(values: Record<string, PlaceCategory>): Map<number, string[]> {
  const groups = new Map<number, string[]>()
  for (const [value, category] of Object.entries(values)) {
    const reach = reachM(category === 'school' ? 'secondary_school' : category)
    groups.set(reach, [...(groups.get(reach) ?? []), value])
  }
  return groups
}
