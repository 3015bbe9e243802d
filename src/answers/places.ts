// Stage 4: places nearby, from the recorded table only, with computed distances, source and date.
import { dayOf } from '#src/answers/facts.ts'
import { CATEGORIES, type Category, NEARNESS, placeCategoryOf } from '#src/answers/place-categories.ts'
import type { AskedQuestion, Decision, HomeContext, Place, Sources } from '#src/answers/question.ts'
import { contentStems, fold } from '#src/answers/wording.ts'
import { haversineM } from '#src/distance.ts'

const PLACES_SHOWN_MAX = 5

export async function answerPlaces(asked: AskedQuestion, sources: Sources): Promise<Decision | null> {
  const read = withoutOwnNames(fold(asked.text), asked.home)
  const category = placeCategoryOf(read)
  if (category === null && !/\bhow far|distance|near(?:est|by)?\b/.test(read)) return null
  const places = await sources.places()
  const named = placesNamedIn(read, places)
  if (named.length > 0 && NEARNESS.test(read)) return listed(named.slice(0, 1), asked.home, null, read)
  return category === null ? null : answerCategory(category, read, asked, places)
}

/** All recorded places of a category, for the offer made with the nearest one. */
export function listPlaces(categoryName: string, asked: AskedQuestion, places: Place[]): Decision {
  const category = CATEGORIES.find(({ name }) => name === categoryName) ?? CATEGORIES[0]!
  return answerCategory(category, `list ${category.plural}`, asked, places)
}

function answerCategory(category: Category, read: string, asked: AskedQuestion, places: Place[]): Decision {
  const recorded = places.filter(
    (place) =>
      category.recorded.test(fold(place.category).replace(/[_-]/g, ' ')) ||
      category.recorded.test(fold(place.category)),
  )
  if (recorded.length === 0) {
    return {
      stage: 'place',
      reason: 'none_recorded',
      text: `No ${category.name} is on record near ${asked.home.developmentName} yet, so I cannot name one.\n\nThe Map tab shows every place that is on record.`,
      offer: { kind: 'ask_builder', question: asked.text },
    }
  }
  const ordered = byDistance(recorded, asked.home)
  const wantsOne =
    /\b(?:nearest|closest|how far|where(?:'s| is))\b/.test(read) &&
    !/\b(?:schools|which|list|all)\b/.test(read)
  return listed(
    wantsOne ? ordered.slice(0, 1) : ordered.slice(0, PLACES_SHOWN_MAX),
    asked.home,
    ordered.length > 1 && wantsOne ? category : null,
    read,
  )
}

function listed(places: Place[], home: HomeContext, more: Category | null, read: string): Decision {
  const lines = places.map((place) => lineOf(place, home, places.length > 1))
  const first = places.length === 1 ? lines[0]! : groupedBySchoolLevel(places, lines)
  const sources = [...new Set(places.map((place) => `${place.source}, recorded ${dayOf(place.recordedOn)}`))]
  const measured = places.some((place) => distanceM(place, home) !== null)
  const from = home.locationIsApproximate
    ? `from ${home.developmentName} (your home’s exact position is not recorded, so this is approximate)`
    : 'from your home'
  const how = measured
    ? `Distances are straight lines ${from}, not walking routes.`
    : 'No position is recorded, so I cannot give a distance.'
  const hours =
    /\b(?:open(?:s|ing)?|close[sd]?|hours|what time|when does|timetable|walk|minutes|how long)\b/.test(read)
      ? ' Opening hours, timetables and walking times are not recorded.'
      : ''
  return {
    stage: 'place',
    reason: places.length === 1 ? 'nearest' : 'list',
    text: `${first}\n\n${how}${hours} Source: ${sources.join('; ')}.${more === null ? '' : `\n\nShall I list the other ${more.plural} on record?`}`,
    offer: more === null ? null : { kind: 'list_places', category: more.name },
    places: places.flatMap(({ id, name, latitude }) =>
      id && latitude !== null ? [{ placeId: id, name }] : [],
    ),
  }
}

function lineOf(place: Place, home: HomeContext, inList: boolean): string {
  const distance = distanceM(place, home)
  const away =
    distance === null ? '' : inList ? `, about ${readable(distance)}` : ` is about ${readable(distance)} away`
  const kind = place.category.replace(/[_-]/g, ' ')
  return inList
    ? `${place.name} (${kind})${away}`
    : `${place.name} (${kind})${away === '' ? ' is on record' : away}.`
}

function groupedBySchoolLevel(places: Place[], lines: string[]): string {
  const levelOf = (place: Place) =>
    /primary|national/.test(fold(place.category)) && !/post/.test(fold(place.category))
      ? 'Primary'
      : /secondary|post|college|high/.test(fold(place.category))
        ? 'Secondary'
        : null
  if (!places.some((place) => levelOf(place) !== null)) return lines.map((line) => `- ${line}`).join('\n')
  const groups = new Map<string, string[]>([
    ['Primary', []],
    ['Secondary', []],
    ['Other', []],
  ])
  places.forEach((place, index) => {
    const level = levelOf(place) ?? 'Other'
    groups.set(level, [...(groups.get(level) ?? []), `- ${lines[index]}`])
  })
  return [...groups]
    .filter(([, members]) => members.length > 0)
    .map(([level, members]) => `${level}:\n${members.join('\n')}`)
    .join('\n')
}

function placesNamedIn(read: string, places: Place[]): Place[] {
  const asked = new Set(contentStems(read))
  const generic = new Set(
    [
      'school',
      'centre',
      'shopping',
      'shop',
      'bus',
      'stop',
      'park',
      'pharmacy',
      'primary',
      'secondary',
      'community',
      'college',
      'national',
      'city',
      'town',
      'supermarket',
      'st',
      'scoil',
      'road',
      'hill',
    ].map((word) => contentStems(word)[0] ?? word),
  )
  return places.filter((place) => {
    const telling = contentStems(place.name).filter((word) => !generic.has(word))
    return (
      telling.length > 0 &&
      telling.every((word) => asked.has(word)) &&
      telling.some((word) => word.length > 2)
    )
  })
}

function withoutOwnNames(read: string, home: HomeContext): string {
  const street = fold(home.addressLine).split(',')[0] ?? ''
  return [fold(home.developmentName), street]
    .filter((name) => name.length > 3)
    .reduce((text, name) => text.replaceAll(name, ' '), read)
}

function byDistance(places: Place[], home: HomeContext): Place[] {
  const far = (place: Place) => distanceM(place, home) ?? Number.POSITIVE_INFINITY
  return [...places].sort((a, b) => (far(a) === far(b) ? a.name.localeCompare(b.name) : far(a) - far(b)))
}

function distanceM(place: Place, home: HomeContext): number | null {
  if (
    home.latitude === null ||
    home.longitude === null ||
    place.latitude === null ||
    place.longitude === null
  )
    return null
  return haversineM(home.latitude, home.longitude, place.latitude, place.longitude)
}

const readable = (metres: number): string =>
  metres < 1_000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1_000).toFixed(1)} km`
