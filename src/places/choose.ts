// Chooses, from all that a source knows, the places worth keeping: near, of each kind some, none of them twice.
import type { FetchedPlace, ManualPlace } from '#db/places.ts'
import type { FoundPlace, Position } from '../clients/places.ts'
import { haversineM } from '../distance.ts'
import { groupOf, type PlaceGroup, reachM } from './categories.ts'

const PLACES_A_GROUP_MAX = 10
/** The nearest of every category come first, so that ten bus stops do not hide the railway station. */
const SURE_OF_A_CATEGORY = 2
const NAME_CHARS_MAX = 150
const SAME_PLACE_M_MAX = 250

type Measured = FoundPlace & { distanceM: number }

export function choosePlaces(
  found: readonly FoundPlace[],
  from: Position,
  recorded: readonly ManualPlace[],
): FetchedPlace[] {
  const near = found
    .map((place) => measured(place, from))
    .filter((place) => place.name !== '' && place.distanceM <= reachM(place.category))
    .filter((place) => !recorded.some((known) => isSamePlace(place, known)))
    .sort((a, b) => a.distanceM - b.distanceM || a.externalId.localeCompare(b.externalId))
  return [...byGroup(withoutTwins(near)).values()]
    .flatMap(chooseOfGroup)
    .map(({ externalId, category, name, latitude, longitude }) => ({
      externalId,
      category,
      name,
      latitude,
      longitude,
    }))
}

/** Upper and lower case, accents, apostrophes and other marks make no other name. */
export const sameName = (a: string, b: string): boolean => folded(a) === folded(b)

const folded = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()

function measured(place: FoundPlace, from: Position): Measured {
  const distanceM = haversineM(from.latitude, from.longitude, place.latitude, place.longitude)
  return { ...place, name: tidyName(place.name), distanceM }
}

/** Names are written by strangers: one line of visible characters. */
const tidyName = (name: string) =>
  name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, NAME_CHARS_MAX)

/** What people recorded with a position says more than what was fetched, often with a longer name. */
function isSamePlace(place: Measured, known: ManualPlace): boolean {
  if (known.latitude === null || known.longitude === null) return false
  const distanceM = haversineM(place.latitude, place.longitude, known.latitude, known.longitude)
  return distanceM <= SAME_PLACE_M_MAX && folded(known.name).startsWith(folded(place.name))
}

/** The nearest of those with one name and category, and each of the source's places once. */
function withoutTwins(places: readonly Measured[]): Measured[] {
  const seen = new Set<string>()
  return places.filter((place) => {
    const keys = [`${place.category} ${folded(place.name)}`, place.externalId]
    if (keys.some((key) => seen.has(key))) return false
    for (const key of keys) seen.add(key)
    return true
  })
}

function byGroup(places: readonly Measured[]): Map<PlaceGroup, Measured[]> {
  const groups = new Map<PlaceGroup, Measured[]>()
  for (const place of places) {
    const group = groupOf(place.category)
    groups.set(group, [...(groups.get(group) ?? []), place])
  }
  return groups
}

function chooseOfGroup(places: readonly Measured[]): Measured[] {
  const rank = (place: Measured) =>
    places.filter(({ category }) => category === place.category).indexOf(place)
  const sure = places.filter((place) => rank(place) < SURE_OF_A_CATEGORY)
  return [...sure, ...places.filter((place) => !sure.includes(place))].slice(0, PLACES_A_GROUP_MAX)
}
