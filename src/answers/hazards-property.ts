// Rules for danger to the home: water where it should not be, sewage, no power, storm damage.
import type { HazardRule } from '#src/answers/hazards.ts'

const ASKS_ABOUT_COVER =
  /\b(?:warrant\w*|guarantees?|insur\w*|policy|cover(?:s|ed)?|airtight\w*|air leak\w*|leak (?:test|detector)s?|leakage (?:rate|test))\b/
const ASKS_AHEAD =
  /\b(?:(?:do|does|will|can|would) (?:the|my|our) (?:\w+ ){1,3}(?:work|run|stay|come|start)|what happens|will (?:the|my|it)|does (?:the|my|it)|do (?:the|my) \w+ (?:work|run|stay)|during an?|after an?|in (?:the event|case) of|when there(?:'s| is)|if there(?:'s| is) an?|how does|survive|back ?up|prevent|avoid|ever|prone|likely|history)\b/

export const PROPERTY_RULES: readonly HazardRule[] = [
  {
    reason: 'burst_pipe',
    when: /\b(?:burst(?:ing|ed)?|ruptur\w*|split|snapped|sheared|exploded)\b/,
    and: /\b(?:pipes?|pipework|tank|cylinder|radiator|mains?|tap|hose|valve|boiler|hot press|water|plumbing|heating|toilet|joint|attic)\b/,
    unless:
      /\b(?:banks?|prevent|avoid|stop (?:pipes|them)|could|might|likely|split (?:system|level|unit)|winter tips|insur\w*|warrant\w*|cover\w*)\b/,
  },
  {
    reason: 'flood',
    when: /\b(?:flood(?:s|ed|ing)?|under water|underwater|inch(?:es)? of water|swimming|swamped|ankle deep|deluge|pool of water|full of water|waterlogged)\b/,
    unless:
      /\b(?:prone|ever|risk|likely|history|map|area (?:been|ever)|insur\w*|swimming pools?|where is|nearest|drainage for|garden (?:gets|is) waterlogged)\b/,
  },
  {
    reason: 'water_leak',
    when: /\bwater\b(?: \w+){0,3} (?:pour\w*|gush\w*|spray\w*|spurt\w*|stream\w*|cascad\w*|lash\w*|bucket\w*|pissing|flow\w* (?:down|through|out|everywhere)|everywhere|all over|shoot\w*|squirt\w*|teem\w*|won'?t stop|rush\w*)\b/,
    unless: /\b(?:pour (?:water|boiling)|how (?:do|much|hot)|water pressure|rainwater goes)\b/,
  },
  {
    reason: 'water_leak',
    when: /\b(?:water|rain|leak\w*|drip\w*|wet|damp|soak\w*|something)\b/,
    and: /\b(?:(?:com\w*|drip\w*|leak\w*|pour\w*|run\w*|seep\w*|get\w*|drop\w*) (?:in |out |down |up ){0,4}(?:through|from|off|out of|down|in|into|under|onto|up) (?:\w+ ){0,3}(?:ceiling|roof|walls?|floor|light|upstairs|attic|hot press|door|windows?|cylinder|tank|boiler|bathroom|toilet|above|radiators?|pipes?|washing machine|dishwasher|kitchen|sink|shower|stairs|immersion|heat pump)|(?:ceiling|roof)(?: \w+){0,6} (?:drip\w*|leak\w*|pour\w*|gush\w*)|ceiling (?:is |has |are |keeps )?(?:\w+ )?(?:drip\w*|leak\w*|wet|soak\w*|bulg\w*|sagg\w*|pouring|stain\w* (?:and )?(?:growing|spreading)))\b/,
    unless:
      /\b(?:how (?:do i|to) (?:fit|use|set)|hot water (?:com\w*|run\w*) (?:out )?(?:of|from)|cold|lukewarm|pressure|slow\w*|noise|discolou?red|brown|tap water|hard water|warrant\w*|guarantees?|normal|harvest\w*|what (?:is|does) the)\b/,
  },
  {
    reason: 'water_leak',
    when: /\b(?:big|bad|major|serious|huge|massive|terrible|awful|fierce|severe|heavy|large|unmerciful|nasty|water) leaks?\b|\bleaking (?:badly|everywhere|heavily|like mad|all over|water)\b|\b(?:pipe|radiator|rad|cylinder|tank|boiler|roof|toilet|cistern|valve|ceiling|shower|bath|stopcock|heat pump|washing machine|dishwasher|immersion|attic)s?(?: \w+){0,2} (?:is |are |has |'s |started |keeps |after )?(?:been )?(?:leak(?:ing|ed|s)|springing|sprung|overflow\w*)\b|\b(?:there'?s|there is|i have|we have|i'?ve|we'?ve|got|found|have got) an? (?:\w+ )?leak\b/,
    unless: ASKS_ABOUT_COVER,
  },
  {
    reason: 'water_leak',
    when: /\b(?:can'?t|cannot|won'?t|unable to|how do i|how to|need to|quick\w*) (?:stop|turn off|shut off|cut off|isolate|turn it off|(?:turn|shut|cut) the water off)\b/,
    and: /\bwater\b(?=.*\b(?:stop|off|pour\w*|leak\w*|everywhere|emergency|running|off)\b)/,
    unless:
      /\b(?:hot water|water heating|softener|garden|outside tap|holidays?|away|timer|schedule|immersion|how (?:do i|to) (?:turn|shut) off the water(?! .*(?:leak|everywhere|emergency|now|quick)))\b/,
  },
  {
    reason: 'water_leak',
    when: /\b(?:drip\w*|leak\w*|pour\w*|stream\w*|gush\w*|spill\w*|cascad\w*|seep\w*)\b/,
    and: /\b(?:(?:kitchen|bedroom|bathroom|hall|living room|sitting room|utility|landing|my|our|the) ceiling|ceiling in|light fitting|from upstairs|from the attic)\b/,
    unless: new RegExp(
      `${ASKS_ABOUT_COVER.source}|${ASKS_AHEAD.source}|\\b(?:can|could|would|might|if|where|what|who|which|stain|paint)\\b`,
    ),
  },
  {
    reason: 'water_leak',
    when: /\b(?:can'?t|cant|cannot|couldn'?t|unable to|won'?t|wont) (?:\w+ ){0,2}stop(?:ping)? (?:(?:the|this|that|all|it|any) ){0,2}(?:water|leak\w*|flow\w*)\b|\b(?:pipe|hose|valve|tap|fitting|joint)\b(?: \w+){0,6} (?:came|come|popped|blew|blown|broke|snapped|fell) (?:off|away|apart|loose|out)\b/,
    and: /\b(?:water|leak\w*|wet|spray\w*|gush\w*|pour\w*)\b/,
  },
  {
    reason: 'water_leak',
    when: /\b(?:overflowing|overflowed|over ?flown)\b/,
    unless: /\b(?:bins?|skip|car ?park|attic full)\b/,
  },
  {
    reason: 'sewage',
    when: /\b(?:sewage|sewerage|sewers?|foul water|raw waste|toilets?|jacks|drains?|manholes?|shores?|waste ?water|gully)\b/,
    and: /\b(?:back(?:ing|ed|s)? ?up|overflow\w*|com\w* (?:back )?up|spill\w*|rising|bubbling up|flood\w*|burst|everywhere|leak\w*|in the (?:garden|shower|bath|house|kitchen)|surg\w*|lifting)\b/,
    unless: /\b(?:where does|who (?:maintains|owns|looks)|is there|map|charge)\b/,
  },
  {
    reason: 'no_power',
    when: /\b(?:no|lost|losing|without|haven'?t (?:any|got)?|don'?t have(?: any)?|have no|zero|total loss of|complete loss of|loss of|not have any) ?(?:any |all |the |our |my |all the |all our )?(?:power|electric(?:ity|s)?|leccy|lecky|current)\b/,
    unless:
      /\b(?:sockets? (?:has|have)|warrant\w*|in (?:one|that|this|the outdoor) socket|when there'?s no|what happens|will the|does the|do the|shower|if there'?s no sun|isn'?t)\b/,
  },
  {
    reason: 'no_power',
    when: /\b(?:power|electric(?:ity|s)?|leccy|lecky|esb|lights)(?:'s| is| has| are| have| just| all| after| went| gone| keeps|s){0,6}(?: \w+)? (?:gone(?: out| off| down)?|went(?: out| off)?|going (?:off|out)|off in|off all|off at|out (?:in|all|at)|dead|down|failed|cut (?:off|out)|tripped|blown|not working|dropped)\b|\b(?:power|electricity) (?:is |'s )?(?:off|out)\b(?! (?:the|of))/,
    unless:
      /\b(?:how (?:do|can|to)|turn(?:ed)? (?:the )?(?:power|electricity|lights)|garden lights?|outside lights?|street lights? (?:are|is) (?:not|out|off|broken)|bathroom light|one light|emergency lights?|what happens|will the|warrant\w*|when the (?:power|electricity)|if the (?:power|electricity)|heat pump|water power|solar)\b/,
  },
  {
    reason: 'no_power',
    when: /\b(?:black ?out|power (?:cut|outage|failure)|(?:whole|entire) (?:house|home|place|apartment) (?:is |has |'s |has gone |went |gone )?(?:in )?(?:dark\w*|dead|out|off|no|without)|no lights? (?:anywhere|at all|in the (?:whole |entire )?house|or sockets)|all the (?:lights|sockets|electrics?) (?:\w+ ){0,4}(?:off|out|gone|dead|down)|(?:house|home|place|apartment)(?:'s| is| has| went| gone){0,4} (?:gone |completely |totally |all )+dark|(?:none|neither) of the (?:lights|sockets)|no (?:lights|sockets) work\w*|everything(?:'s| is| has| just| went){0,4} (?:gone off|went off|dead|off|gone dark)|nothing (?:electric\w* )?(?:(?:is |that'?s )?(?:works|working)|will turn on|is coming on))\b/,
    unless: ASKS_AHEAD,
  },
  {
    reason: 'no_power',
    when: /\b(?:complete(?:ly)?|total(?:ly)?|pitch|utter) (?:dark(?:ness)?|black(?:ness)?)\b|\b(?:we'?re|we are|i'?m|i am|sitting|left|plunged) (?:\w+ )?in (?:the dark|darkness)\b/,
    unless:
      /\b(?:stairs|garden|outside|path|attic|footpath|street ?lights?|blinds?|curtains?|paint|colou?r)\b/,
  },
  {
    reason: 'tripping',
    when: /\b(?:breakers?|fuses?|trip ?switch|rcds?|rcbos?|mcbs?|main switch|fuse ?(?:box|board)|electrics?|electricity)(?: \w+){0,3} (?:keeps?|kept|won'?t|will not|constantly|always|trips|tripping|repeatedly) ?(?:\w+ )?(?:tripping|trip|stay (?:on|up)|reset|going (?:off|down)|blowing|every)?\b/,
    and: /\b(?:trip\w*|stay|reset|blow\w*|going (?:off|down))\b/,
    unless:
      /\b(?:way a?round|get a?round|disabl\w*|disconnect\w*|bypass\w*|overrid\w*|bigger|larger|higher|stronger|tap(?:e|ing)|wedg\w*|hold\w*|jam\w*|how (?:do i|to) reset|what does|why does it have)\b/,
  },
  {
    reason: 'no_water',
    when: /\bno water (?:at all|in (?:the|any|my|our)|from|coming|anywhere|supply|since|out of|upstairs|today|this morning)\b|\bwater(?:'s| is| has| supply)?(?: \w+)? (?:gone off|been cut|off in the (?:whole )?house|cut off)\b/,
    unless: /\b(?:hot water|pressure|what happens|will the|cylinder guarantee)\b/,
  },
  {
    reason: 'storm_damage',
    when: /\b(?:roof|slates?|roof tiles?|chimney|gutter\w*|tree|fascia|soffit|solar panels?)\b/,
    and: /\b(?:bl(?:own|ew) (?:off|away|down)|came off|come off|fell (?:on|off|through)|fallen (?:on|off|through)|ripped off|torn off|hole in|lifted off|hanging off)\b/,
  },
]
