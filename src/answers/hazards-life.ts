// Rules for danger to life: gas, fire, carbon monoxide, electricity, collapse, people hurt or under threat.
import type { HazardRule } from '#src/answers/hazards.ts'

const SMELL = /\b(?:smell\w*|smelt|stink\w*|stench|odou?rs?|whiff|reek\w*|pong|fumes?|niff)\b/
const SOUNDING =
  /\b(?:go(?:ing|es|ne)? off|went off|go off|sounding|sounded|ringing|screaming|screeching|blaring|wailing|beep\w*|shrieking|trigger\w*|activat\w*|(?:won'?t|will not|doesn'?t|does not|not|never|can'?t(?: make it)?|cannot) (?:stop\w*|turn(?:ing)? off|shut up|go(?:ing)? off|switch off|be silenced|silence)|(?:keeps?|kept|still|constantly|nonstop|non-stop) \w+|flashing|is on|red light|alert\w*|in alarm|chirp\w*)/
const ELECTRIC =
  /\b(?:sockets?|plugs?|switch(?:es)?|light(?:s| fitting| bulb)?|outlets?|fuse ?(?:box|board)?|consumer unit|distribution board|electric\w*|wir(?:e|es|ing)|cables?|appliances?|cooker|oven|hob|kettle|toaster|shower|tap|taps|sink|washing machine|washer|dryer|dishwasher|fridge|freezer|microwave|charger|adapt[eo]r|extension lead|radiator|heater|boiler|cylinder|immersion|inverter|batter(?:y|ies)|solar|panels?|heat pump|meter|door handle|metal|machine|unit|lamp|tv|telly|television|downlights?|spotlights?|thermostat|hair ?dryer|iron)\b/

const BATTERY_CHIRP =
  /\b(?:low batter|batter(?:y|ies)|chirp\w*.*(?:every|once|per)|(?:every|once a|per|each) (?:minute|few|30|40|60|hour)|(?:test|reset|replac|change|silenc|maintain|expir)\w* (?:a |an |my |the )?(?:smoke|fire|heat|co|carbon)|test button)/
const NUISANCE_SMOKE =
  /\b(?:steam\w*|shower\w*|toast|cooking|when(?:ever)? i (?:cook|fry|shower)|every time)\b/

export const LIFE_RULES: readonly HazardRule[] = [
  {
    reason: 'gas',
    when: /\b(?:hob|cooker|gas ring|burner)\b.*\bunlit\b|\bunlit\b.*\b(?:hob|cooker|gas|burner)\b/,
  },
  { reason: 'gas', when: SMELL, and: /\b(?:gas|gassy|propane|lpg)\b/ },
  { reason: 'gas', when: /\brotten eggs?\b/, unless: /\b(?:hot water|drains?|tap|toilet|fridge|bin)\b/ },
  {
    reason: 'gas',
    when: /\bgas(?:\w* | )?(?:is |was |be |has |has been |are |must be |might be |could be |pipe |line |meter |boiler |hob |cooker |ring |supply |bottle |cylinder |main ){0,6}(?:leak\w*|escap\w*|hissing|seeping|everywhere|left on)\b|\b(?:leak\w*|escap\w*|hiss\w*|ruptur\w*|hit|cut|burst|damaged|punctur\w*|broke\w*|nicked) (?:\w+ ){0,4}gas\b|\bgas (?:is )?coming (?:from|out|in|off|through|up)\b|\bleft (?:the )?gas\b|\bgas (?:hob|ring|cooker|oven|fire)?\s?(?:was |has been )?(?:left |been )?on all (?:night|day)\b/,
    unless: /\b(?:leak detector|leak test|tightness|who (?:checks|tests)|warrant\w*|cover)\b/,
  },
  { reason: 'gas', when: /\bhiss\w*\b/, and: /\b(?:gas|cooker|hob|meter)\b/ },
  { reason: 'gas', when: /\bgas (?:alarm|detector|sensor)\b/, and: SOUNDING, unless: BATTERY_CHIRP },
  {
    reason: 'carbon_monoxide',
    when: /\b(?:carbon ?mono?xide|monoxide|co2?)(?:[ -](?:alarm|detector|monitor|sensor|thing|yoke))?\b/,
    and: new RegExp(
      `${SOUNDING.source}|\\b(?:leak\\w*|poison\\w*|smell\\w*|symptoms?|detected|reading|high|exposure|worried|think|suspect\\w*|headaches?|dizz\\w*|sick|nausea\\w*|drows\\w*|in the house|in my house)\\b`,
    ),
    unless:
      /\b(?:low batter\w*|chirp\w*.*(?:every|once|per)|(?:every|once a|per|each) (?:minute|few|30|40|60)|how (?:do|should|can|often) (?:i|we|to)? ?(?:test|check|replace|change|clean)|co2)\b/,
  },
  {
    reason: 'carbon_monoxide',
    when: /\b(?:headaches?|dizz\w*|nausea\w*|nauseous|drows\w*|faint\w*|light ?headed|sick|sleepy|confused)\b/,
    and: /\b(?:boiler|stove|gas|heater|heating (?:is |goes |comes )?on|flue|alarm|fumes|when the (?:heating|fire))\b/,
  },
  {
    reason: 'fire',
    when: /\b(?:on fire|(?:caught|catch(?:es|ing)?|take?n?|took) (?:on )?fire|house fire|chip pan fire|(?:kitchen|oven|electrical|attic|garage|chimney|bin|bedroom|shed|car) fire|fire (?:has |just |had )?(?:broke\w*|started|spreading|spread|burning|raging)|(?:there'?s|there is|we have|have|is there|got|see|seeing) (?:a |an )?(?:fire|flames?)(?! ?_)\b|flames\b|in flames|ablaze|alight|smoulder\w*|set fire|gone up in|up in smoke|going up in|is burning|are burning|burning down|burnt down|start(?:ed|ing) a fire)/,
    unless:
      /\b(?:fire (?:in the (?:living|sitting|front) room|to (?:light|sit))|stove|fireplace|firewood|when was|insur\w*|flames? (?:effect|colou?r)|(?:light|lit|clean\w*) the fire|there a fire (?:place|alarm|door))\b|\bfire alarm\b(?!.*(?:see|flames|on fire))|\b(?:burning|burn) (?:less|more|fuel|logs|turf|wood|calories|cd)/,
  },
  {
    reason: 'fire',
    when: /^\W*(?:help\W*)?fire in (?:the|my|our) (?!living|sitting)|^\W*(?:help\W*)?(?:fire|on fire|it'?s on fire|there'?s a fire|flames?)\W*(?:help|fire)?\W*$/,
  },
  {
    reason: 'fire',
    when: /\b(?:burning|burnt|burned|scorch\w*|singe\w*|melting|charred|acrid|hot plastic|fishy) (?:\w+ ){0,2}(?:smell\w*|odou?r|stink|plastic|rubber)\b|\b(?:smell\w*|smelt|stink\w*|odou?r|whiff) (?:\w+ ){0,4}(?:burn\w*|scorch\w*|singe\w*|melt\w*|hot plastic|smoke|smoky)\b|\b(?:something|somethin) (?:is |'s )?(?:burning|smoking|smouldering|on fire)/,
    unless: /\b(?:burning|burn) (?:calories|fuel)|toast smell last\b/,
  },
  {
    reason: 'smoke',
    when: /\b(?:see|seeing|saw|notice\w*|full of|filled? with|filling (?:up )?with|fills? with|clouds? of|plumes? of|wisps? of|bit of|loads of|lots of|lot of|black|thick|white|grey|heavy|there'?s|there is|there was|is that|it'?s|like|puffs? of|billow\w*) smoke\b(?! ?(?:alarm|detector|colou?r|grey|paint))|\bsmoke (?:is |was |are |keeps |started |has been |has |just )?(?:com\w*|pour\w*|billow\w*|belch\w*|ris\w*|fill\w*|everywhere|out|from|through|under|inside|all|drift\w*|seep\w*|curling|spreading)\b|\b(?:is|are|was|'s|started|just|keeps) smoking\b|\bsmok(?:y|ey)\b|\bsmoke in (?:the|my|our|here|every)\b/,
    unless:
      /\b(?:can|could|may|allowed to|not|never|do|does|to|who|people|neighbours?|visitors|guests|tenants|i|we|you|they|someone) smoke\b(?! ?(?:com|pour|bill))(?!.*\b(?:see|smell) smoke)|\b(?:neighbour|person|who|anyone|someone) (?:is|are|'s) smoking|\bsmok(?:y|ey) (?:eye|grey|oak|glass|quartz|paint|colou?r)|smoking (?:area|shelter|ban|policy|allowed)/,
  },
  {
    reason: 'smoke',
    when: /\b(?:i|we|can|could) (?:can |just )?(?:see|smell) smoke\b(?! ?(?:alarm|detector))/,
  },
  {
    reason: 'fire_alarm',
    when: /\b(?:fire|smoke|heat)[ -](?:alarms?|detectors?|sensors?)\b|\b(?:the|all the|house full of|our|my) alarms?\b/,
    and: SOUNDING,
    unless: new RegExp(
      `${BATTERY_CHIRP.source}|${NUISANCE_SMOKE.source}|\\b(?:burglar|intruder|house|car|phone|security|clock|wake|monitored|low temperature|fault|handover)\\b|how (?:do|can|would) (?:i|we) (?:know|test)|what (?:colou?r|does|is)|chirp\\w*`,
    ),
  },
  {
    reason: 'electric_shock',
    when: /\b(?:got|get|gets|getting|gave|give|gives|giving|given|received|receive|had|have|felt|feel|another|an?|electric(?:al)?) (?:me |us |him |her |my \w+ |a |an |another |little |small |slight |mild |bad |big |nasty |wee |massive |huge |electric(?:al)? |static ){0,8}(?:shocks?|electrocuted|jolts?|belts? (?:off|of electric\w*|from))\b|\belectrocut\w*\b|\bzapp(?:ed|ing)\b|\bshock\w* (?:\w+ ){0,2}(?:off|from|by|when (?:i|we|you) touch\w*)\b|\btingl\w*\b/,
    unless:
      /\b(?:price|bills?|cost|static|saw|heard|read|letter|news|culture|sticker|shocked (?:at|to)|carpet|legs?|pins and needles)\b/,
  },
  {
    reason: 'sparks',
    when: /\b(?:spark(?:s|ed|ing)?|arcing|arced)\b/,
    and: new RegExp(
      `${ELECTRIC.source}|\\b(?:sparking|arcing|flying|flew|shoot\\w*|shot|coming|came|see|saw|everywhere|wall|blue)\\b`,
    ),
    unless:
      /\b(?:no|not|won'?t|doesn'?t|didn'?t|isn'?t|without|bright) spark|\bspark(?:ing)? (?:wine|water|plugs?|ignition|joy)|\bignition\b/,
  },
  {
    reason: 'electrical_danger',
    when: /\b(?:sockets?|plugs?|fuse ?(?:box|board)|consumer unit|distribution board|light ?switch|switch|cable|wires?|wiring|adapt[eo]r|charger|outlet|extension lead|meter box)\b/,
    and: /\b(?:(?:very |too |really |red |getting |gets |is |feels? |so )(?:hot|warm)|melt\w*|scorch\w*|burn\w*|burnt|black(?:ened)? marks?|brown marks?|singed|smoking|buzz\w*|crackl\w*|fizz\w*|popping|humming|exposed|bare|live wires?|hanging (?:out|off)|sticking out|blown up|exploded|blew up|flash(?:ed)?|bang(?:ed)?|chewed|frayed)\b/,
    unless: /\b(?:hot (?:water|press|tap)|underfloor|how warm)\b/,
  },
  {
    reason: 'electrical_danger',
    when: /\b(?:live|exposed|bare|loose|dangling|hanging) (?:electric(?:al)? )?(?:wires?|cables?)\b|\b(?:power|electric(?:ity)?|esb|overhead) (?:lines?|cables?|poles?) (?:\w+ ){0,3}(?:down|fallen|fell|hanging|on the ground|snapped)\b/,
  },
  {
    reason: 'electrical_danger',
    when: /\b(?:water|wet|leak\w*|rain|flood\w*)\b/,
    and: /\b(?:drip\w*|leak\w*|pour\w*|run(?:s|ning)?|com(?:es|ing|e)|got|get(?:ting|s)?|seep\w*|drench\w*|soak\w*|splash\w*|in|into|through|near) (?:\w+ ){0,4}(?:sockets?|fuse ?(?:box|board)|consumer unit|light ?(?:fitting|fixture|bulb|switch)|lights?|downlights?|spotlights?|electrics|electric(?:al)? (?:panel|board|box)|plugs?|meter box)\b/,
    unless: /\b(?:how (?:do|can|far)|where|what|which|is it allowed|pressure|timer|outdoor socket)\b/,
  },
  {
    reason: 'refrigerant',
    when: /\b(?:refrigerant|r290|r32|coolant)\b/,
    and: /\b(?:leak\w*|smell\w*|escap\w*|hiss\w*)\b/,
    unless: /\b(?:what|which|how much|check)\b/,
  },
  {
    reason: 'explosion',
    when: /\b(?:explosion|explod(?:ed|ing|es?)|blew up|blown up|about to blow|swollen batter\w*|batter(?:y|ies)(?: \w+){0,4} (?:swell\w*|swollen|bulging|hissing))\b/,
  },
  {
    reason: 'collapse',
    when: /\b(?:ceiling|roof|wall|floor|stairs?|chimney|scaffold\w*|balcony|gable|plasterboard)(?: \w+){0,3} (?:collaps\w*|caved? in|caving in|fallen (?:in|down)|fell (?:in|down)|come down|came down|coming down|giving way|about to (?:fall|collapse|come down))\b/,
    unless: /\bwater (?:is )?com\w* down\b|\bcoming down the\b|\bwhere (?:do|does|is|are|should)\b/,
  },
  {
    reason: 'person_hurt',
    when: /\b(?:collapsed|unconscious|unresponsive|passed out|fainted|not breathing|(?:stopped|isn'?t|can'?t|cannot|trouble|struggling|difficulty) breath\w*|heart attack|having a stroke|chest pains?|choking|bleeding|overdos\w*|seizures?|having a fit|won'?t wake|drown\w*|badly (?:hurt|injured|burnt|burned|cut)|seriously (?:hurt|injured)|broken (?:leg|arm|neck)|fell (?:down|off|from) (?:the |a )?(?:stairs?|ladder|roof|attic|window|balcony|scaffold\w*)|scalded|swallowed|drank (?:bleach|cleaner)|poisoned|needs? an ambulance|call an ambulance)\b/,
    unless: /\b(?:ceiling|roof|wall|price|bleeding (?:the|a|my|radiators?|valves?)|system)\b/,
  },
  {
    reason: 'person_hurt',
    when: /\b(?:suicid\w*|kill (?:myself|himself|herself|me)|end my life|want to die|hurt myself|self ?harm|take my own life)\b/,
  },
  {
    reason: 'person_trapped',
    when: /\b(?:child|baby|toddler|son|daughter|kid|wife|husband|mother|father|mam|mum|dad|someone|somebody|person|i'?m|i am|we'?re|we are)\b(?: \w+){0,3} (?:trapped|locked in|stuck in (?:the |a )?(?:lift|elevator|bathroom|room|attic|fire))\b/,
  },
  {
    reason: 'intruder',
    when: /\b(?:someone|somebody|some ?one|man|men|people|stranger|burglars?|intruders?|person|lads?|ex)\b(?: \w+){0,4} (?:break(?:s|ing)? in(?:to)?|broke in(?:to)?|broken in(?:to)?|trying to get in|force\w* (?:the|their|his)|in my (?:house|home|kitchen|garden)|in the house(?! (?:opposite|next|beside|across|at|number))|with a knife|attack\w*|threaten\w*)\b|\b(?:being|been|got) (?:attacked|burgled|robbed|assaulted)\b|\bbreak-?in (?:happening|in progress)\b|\b(?:intruder|burglar) (?:in|at|outside)\b/,
    unless: /\b(?:alarms?|insur\w*|prevent|lights? on in)\b/,
  },
  {
    reason: 'intruder',
    when: /\b(?:someone|somebody|man|men|stranger|person|lads?|people|fella|guy)\b(?: \w+){0,6} (?:trying|rattling|forcing|kicking|at|banging on) (?:all )?(?:the|my|our) (?:back |front |patio |side |car )?(?:doors?|windows?|handles?)\b/,
    unless:
      /\b(?:deliver\w*|postman|selling|fit(?:s|ting|ted)?|clean\w*|install\w*|when can|salesman|measur\w*)\b/,
  },
]
