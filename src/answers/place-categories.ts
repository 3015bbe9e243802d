// What kind of place a question asks for, and under which categories such places are recorded.

export type Category = { name: string; plural: string; asked: RegExp; recorded: RegExp }

/** What buyers call a kind of place, and the categories it may be recorded under. */
export const CATEGORIES: Category[] = [
  // Before shops in general, of which it is one.
  {
    name: 'DIY shop',
    plural: 'DIY shops',
    asked:
      /\b(?:(?:d\.?i\.?y\.?|hardware) (?:stores?|shops?)|builders'? (?:merchants?|providers?)|woodies|b ?& ?q)\b/,
    recorded: /\bdiy|hardware/,
  },
  {
    name: 'supermarket',
    plural: 'supermarkets',
    asked:
      /\b(?:super ?markets?|grocer(?:y|ies)(?: (?:stores?|shops?))?|food shops?|tesco|aldi|lidl|dunnes|supervalu|centra|spar|convenience stores?|(?<!coffee |chip |barber )shops?|shopping(?: centres?)?|get (?:milk|bread|food|groceries)|buy (?:food|milk|bread|groceries)|do (?:the |my |our )?(?:weekly |big )?shop(?:ping)?)\b/,
    recorded: /super ?market|grocer|convenience|shop/,
  },
  {
    name: 'pharmacy',
    plural: 'pharmacies',
    asked: /\b(?:pharmac(?:y|ies)|chemists?|drug ?stores?|prescriptions?)\b/,
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
      /\b(?:public (?:ev )?charg\w*|(?:ev|car) charg(?:ing|er) (?:stations?|points?) (?:near|close|around)|(?:nearest|closest|nearby) (?:ev |car |public ){0,3}charg\w*)\b/,
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

export const NEARNESS =
  /\b(?:near(?:est|by|er)?|closest|close (?:by|to)|close|how far|far (?:is|away|to)|distance|around (?:here|us)|local(?:ly)?|in the area|walking distance|within (?:walking|\d)|next to us|on our doorstep|nearby|proximity|handy)\b/
const ASKS_FOR_ONE =
  /\b(?:where(?:'?s| is| are| (?:can|do|could|would|will) (?:i|we|you) (?:find|buy|get|catch|fill|post|go|send|bring|do))|is there|are there|any|which|what|how long (?:does it take|is (?:it|the walk)|would it take|to (?:walk|get|drive|cycle))|how do (?:i|we) get to|when does|what time|opening|open|list|show|tell|find)\b/
const OF_THE_HOME =
  /\b(?:my|our|the (?:car|builder|developer)'?s?) (?:bar|bank|garage|fuel|park|walks)\b|\bwhen(?:'s|s)? (?:will|is|are|was|the)\b|\b(?:opening|completion|finishing?) date\b|\b(?:any|a|the) (?:date|word|sign|update|news) (?:for|on|of|about)\b|\b(?:going to|gonna|ever|will it) (?:open|be (?:built|finished|ready|done))\b|\b(?:breakfast bar|bar of|heat(?:ed)? towel|pressure|park (?:my|the|a|our)|(?:i|we|to|visitors|guests|can|cars?) park|parking|energy park|power bank|ev charger|fuse|code|error|pump|school of|rubbish|what fuel|fuel (?:does|is|type)|garage (?:door|wall|floor|size)|towel|grab bar|bus ?bar|data ?bus|modbus|shop drawings?|mass of|rail(?:s|ing)?|curtain|hand ?rail|the doctor ordered)\b/

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
  return doubtful &&
    !NEARNESS.test(read) &&
    !/\b(?:is there an?|where(?:'s| is) the|where (?:can|do|could) (?:i|we) (?:get|buy|find|go))\b/.test(read)
    ? null
    : category
}
