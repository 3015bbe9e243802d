// Stage 4: places nearby, from the recorded table only, with computed distances, source and date.
import { dayOf } from '#src/answers/facts.ts'
import type { AskedQuestion, Decision, HomeContext, Place, Sources } from '#src/answers/question.ts'
import { contentStems, fold } from '#src/answers/wording.ts'

const PLACES_SHOWN_MAX = 5
const EARTH_RADIUS_M = 6_371_000

type Category = { name: string; plural: string; asked: RegExp; recorded: RegExp }

/** What buyers call a kind of place, and the categories it may be recorded under. */
const CATEGORIES: Category[] = [
  {
    name: 'supermarket',
    plural: 'supermarkets',
    asked:
      /\b(?:super ?markets?|grocer(?:y|ies)(?: (?:stores?|shops?))?|food shops?|tesco|aldi|lidl|dunnes|supervalu|centra|spar|convenience stores?|shops?|shopping(?: centres?)?|get milk|buy (?:food|milk|bread|groceries))\b/,
    recorded: /super ?market|grocer|convenience|shop/,
  },
  {
    name: 'pharmacy',
    plural: 'pharmacies',
    asked: /\b(?:pharmac(?:y|ies)|chemists?|drug ?stores?)\b/,
    recorded: /pharmac|chemist/,
  },
  {
    name: 'primary school',
    plural: 'primary schools',
    asked:
      /\b(?:primary|national|junior|gael ?scoil(?:eanna)?)(?: and secondary)? ?(?:schools?)?\b(?=.*(?:school|scoil|near|closest|around))|\bnational schools?\b|\bgaelscoil\w*\b/,
    recorded: /primary|national[ _]school/,
  },
  {
    name: 'secondary school',
    plural: 'secondary schools',
    asked: /\b(?:secondary|post-?primary|community|high|senior|second level) (?:schools?|colleges?)\b/,
    recorded: /secondary|post.?primary|community[ _]college|high[ _]school/,
  },
  {
    name: 'school',
    plural: 'schools',
    asked: /\b(?:schools?|scoil(?:eanna)?)\b/,
    recorded: /school|college|education/,
  },
  {
    name: 'crèche',
    plural: 'crèches',
    asked: /\b(?:creches?|child ?care|nurser(?:y|ies)|pre-?schools?|montessori|day ?care|naionra)\b/,
    recorded: /creche|childcare|nursery|preschool|kindergarten/,
  },
  {
    name: 'bus stop',
    plural: 'bus stops',
    asked: /\b(?:bus(?:es)?(?: ?stops?| routes?| services?| stations?)?|public transport)\b/,
    recorded: /bus|transport/,
  },
  {
    name: 'train station',
    plural: 'train stations',
    asked: /\b(?:trains?(?: stations?)?|railways?(?: stations?)?|luas|dart|rail)\b/,
    recorded: /train|rail|tram/,
  },
  {
    name: 'doctor',
    plural: 'doctors',
    asked:
      /\b(?:doctors?|gps?|g\.p\.?|medical cent(?:re|er)s?|health cent(?:re|er)s?|surger(?:y|ies)|clinics?)\b/,
    recorded: /doctor|gp\b|medical|health|clinic/,
  },
  {
    name: 'hospital',
    plural: 'hospitals',
    asked: /\b(?:hospitals?|a ?& ?e|emergency department|casualty)\b/,
    recorded: /hospital/,
  },
  { name: 'dentist', plural: 'dentists', asked: /\b(?:dentists?|dental)\b/, recorded: /dent/ },
  { name: 'vet', plural: 'vets', asked: /\b(?:vets?|veterinar\w*)\b/, recorded: /vet/ },
  {
    name: 'playground',
    plural: 'playgrounds',
    asked: /\bplay ?(?:grounds?|areas?|parks?)\b/,
    recorded: /playground|play[ _]area/,
  },
  {
    name: 'park',
    plural: 'parks',
    asked: /\b(?:parks?|green (?:areas?|spaces?)|walking trails?|walks)\b/,
    recorded: /park|green|recreation|trail/,
  },
  {
    name: 'gym',
    plural: 'gyms',
    asked:
      /\b(?:gyms?|leisure cent(?:re|er)s?|swimming pools?|fitness|sports? (?:clubs?|cent(?:re|er)s?|pitch(?:es)?)|gaa (?:club|pitch)|pitch(?:es)?)\b/,
    recorded: /gym|leisure|sport|fitness|pool/,
  },
  {
    name: 'café or restaurant',
    plural: 'cafés and restaurants',
    asked:
      /\b(?:cafes?|coffee(?: shops?)?|restaurants?|take ?aways?|chippers?|pizza|eat out|place to eat|food near)\b/,
    recorded: /cafe|coffee|restaurant|takeaway|food/,
  },
  { name: 'pub', plural: 'pubs', asked: /\b(?:pubs?|bars?|pint)\b/, recorded: /pub|bar\b/ },
  {
    name: 'bank or cash machine',
    plural: 'banks and cash machines',
    asked: /\b(?:banks?(?! holiday)|atms?|cash ?(?:points?|machines?))\b/,
    recorded: /bank|atm/,
  },
  {
    name: 'post office',
    plural: 'post offices',
    asked: /\b(?:post ?offices?|an post|post ?box(?:es)?)\b/,
    recorded: /post/,
  },
  {
    name: 'petrol station',
    plural: 'petrol stations',
    asked: /\b(?:petrol(?: stations?)?|filling stations?|fuel|garages?|diesel)\b/,
    recorded: /petrol|fuel|garage/,
  },
  {
    name: 'public charging point',
    plural: 'public charging points',
    asked:
      /\b(?:public (?:ev )?charg\w*|(?:ev|car) charg(?:ing|er) (?:stations?|points?) (?:near|close|around)|(?:nearest|closest|nearby) (?:ev |car |public )*charg\w*)\b/,
    recorded: /charg/,
  },
  { name: 'library', plural: 'libraries', asked: /\blibrar(?:y|ies)\b/, recorded: /library/ },
  {
    name: 'place of worship',
    plural: 'places of worship',
    asked: /\b(?:church(?:es)?|mosques?|mass|places? of worship|temples?|synagogues?|chapels?)\b/,
    recorded: /church|mosque|worship|temple|chapel/,
  },
  {
    name: 'Garda station',
    plural: 'Garda stations',
    asked: /\b(?:garda(?: stations?)?|gardai|police(?: stations?)?)\b/,
    recorded: /garda|police/,
  },
  {
    name: 'recycling centre',
    plural: 'recycling centres',
    asked:
      /\b(?:recycling cent(?:re|er)s?|bottle banks?|civic amenity|dump|bring (?:banks?|cent(?:re|er)))\b/,
    recorded: /recycl|civic|bottle/,
  },
  {
    name: 'hairdresser',
    plural: 'hairdressers',
    asked: /\b(?:hair ?dressers?|barbers?|salons?)\b/,
    recorded: /hair|barber|salon/,
  },
  {
    name: 'city or town centre',
    plural: 'city and town centres',
    asked: /\b(?:city cent(?:re|er)|town cent(?:re|er)|into town|the city)\b/,
    recorded: /city|town|centre/,
  },
  { name: 'airport', plural: 'airports', asked: /\bairports?\b/, recorded: /airport/ },
  { name: 'beach', plural: 'beaches', asked: /\b(?:beach(?:es)?|seaside)\b/, recorded: /beach/ },
]

const NEARNESS =
  /\b(?:near(?:est|by|er)?|closest|close (?:by|to)|close|how far|far (?:is|away|to)|distance|around (?:here|us)|local(?:ly)?|in the area|walking distance|within (?:walking|\d)|next to us|on our doorstep|nearby|proximity|handy)\b/
const ASKS_FOR_ONE =
  /\b(?:where(?:'s| is| are| can i (?:find|buy|get|catch))|is there|are there|any|which|what|how long (?:does it take|is the walk|would it take)|how do (?:i|we) get to|when does|what time|opening|open|list|show|tell|find)\b/
const OF_THE_HOME =
  /\b(?:my|our|the (?:car|builder|developer)'?s?) (?:bar|bank|garage|fuel|park|walks)\b|\bwhen (?:will|is|are|was)\b|\b(?:breakfast bar|bar of|heat(?:ed)? towel|pressure|park (?:my|the|a|our)|(?:i|we|to|visitors|guests|can|cars?) park|parking|energy park|power bank|ev charger|fuse|code|error|pump|school of|rubbish|what fuel|fuel (?:does|is|type)|garage (?:door|wall|floor|size)|towel|grab bar|bus ?bar|data ?bus|modbus|shop drawings?|mass of|rail(?:s|ing)?|curtain|hand ?rail|the doctor ordered)\b/

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

/** Kinds that may belong to the estate itself: its documents are tried when the table has none. */
export const MAY_BE_IN_DOCUMENTS: ReadonlySet<string> = new Set([
  'playground',
  'crèche',
  'park',
  'public charging point',
  'recycling centre',
  'bus stop',
])

export function placeCategoryOf(read: string): Category | null {
  if (OF_THE_HOME.test(read) || !(NEARNESS.test(read) || ASKS_FOR_ONE.test(read))) return null
  const category = CATEGORIES.find(({ asked }) => asked.test(read)) ?? null
  // Words with a meaning at home ("bar", "garage", "park") need a word of nearness.
  const doubtful =
    category !== null &&
    /^(?:pub|petrol station|park|bank or cash machine|gym|café or restaurant|city or town centre|public charging point)$/.test(
      category.name,
    )
  return doubtful && !NEARNESS.test(read) && !/\b(?:is there an?|where(?:'s| is) the)\b/.test(read)
    ? null
    : category
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
      text: `No ${category.name} is on record near ${asked.home.developmentName} yet, so I cannot name one.\n\nThe list of nearby places is refreshed regularly; a map will show more.`,
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
  const groups = new Map<string, string[]>()
  places.forEach((place, index) => {
    const level = levelOf(place) ?? 'Other'
    groups.set(level, [...(groups.get(level) ?? []), `- ${lines[index]}`])
  })
  return [...groups].map(([level, members]) => `${level}:\n${members.join('\n')}`).join('\n')
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

/** Great-circle distance in metres (haversine formula, mean earth radius). */
export function haversineM(
  latitudeA: number,
  longitudeA: number,
  latitudeB: number,
  longitudeB: number,
): number {
  const radians = Math.PI / 180
  const dLatitude = (latitudeB - latitudeA) * radians
  const dLongitude = (longitudeB - longitudeA) * radians
  const a =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(latitudeA * radians) * Math.cos(latitudeB * radians) * Math.sin(dLongitude / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a)))
}

const readable = (metres: number): string =>
  metres < 1_000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1_000).toFixed(1)} km`
