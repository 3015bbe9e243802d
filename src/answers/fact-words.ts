// The words buyers use for what is recorded under other words, and words that only ask for a form of answer.
import { stem } from '#src/answers/wording.ts'

/** Phrases of buyers and the words facts are recorded under. */
export const SAME: [RegExp, string][] = [
  [
    /\b(?:(?:do|have) (?:i|we) (?:have |got )?|is there |are we on |am i on |is (?:it|the house|my house|our house) (?:on )?)(?:any |mains )?gas(?: in (?:the|my|our) (?:house|home)| supply| connection| here)?\b(?! (?:hob|cooker|fire|meter|boiler|number|line|emergency|alarm))/g,
    ' heating ',
  ],
  [/\bhow many beds\b/g, ' how many bedrooms '],
  [/\bgeneral (?:waste|rubbish)(?: bin)?\b/g, ' bin '],
  [
    /\bfor (?:an? |the |my |our )?(?:deliver(?:y|ies)|couriers?|parcels?|post|taxis?|forms?|banks?|insurance|visitors?|friends?|sat ?nav|records?)\b/g,
    ' ',
  ],
  [/\b(?:common|communal|shared) areas?\b/g, ' management company '],
  [
    /\b(?:goes?|going|put|puts|bring|brought|take|taken|left|leave) out\b|\b(?:collected|emptied|lifted|picked up|pick up|pick-?up|bin day|bin night)\b/g,
    ' collection ',
  ],
  [/\bstored?\b|\bstore(?:age)?\b|\bkept\b|\bkeep\b|\bbin (?:shed|area|shelter)s?\b/g, ' storage '],
  [
    /\b(?:rubbish|trash|refuse|garbage|wheelie bins?|waste|recycling|recyclables|compost|brown bin|green bin|black bin)\b/g,
    ' bin ',
  ],
  [
    /\b(?:this|next|each|every) (?:week|morning)\b|\b(?:today|tonight|tomorrow|weekly|day|days|night|week|schedule|times?|round)\b/g,
    ' ',
  ],
  [
    /\b(?:energy (?:rating|cert(?:ificate)?|efficiency)|building energy rating|ber (?:rating|cert(?:ificate)?|number|score))\b/g,
    ' ber ',
  ],
  [/\b(?:post ?code|zip(?: code)?|air ?code|eir ?code)\b/g, ' eircode '],
  [
    /\b(?:car ?park(?:ing)?|parking (?:spaces?|spots?|bays?)|park(?: my| the| our)? cars?|car spaces?|spaces? for (?:my |the |our )?cars?|cars? (?:can|could|may) (?:i|we) park|where (?:can|do|should) (?:i|we) park(?: my| the| our)?(?: cars?)?)\b/g,
    ' parking ',
  ],
  [/\b(?:heated|heats|heat|central heating|heating (?:system|source|type))\b(?! pump)/g, ' heating '],
  [
    /\b(?:management (?:agents?|co)|managing agents?|property managers?|manages (?:the )?(?:estate|development|common areas?|grounds)|omc|owners'? management(?: company)?|(?:pay|paying) (?:the |my |our )?(?:management|service) (?:fees?|charges?)(?: to)?|run[s]? the estate|estate managers?)\b/g,
    ' management company ',
  ],
  [
    /\b(?:(?:total |overall |gross |internal )?floor ?(?:area|space)|square (?:metres?|meters?|feet|footage)|how (?:big|large) is (?:my|the|our) (?:house|home|place|apartment)|size of (?:my|the|our) (?:house|home|apartment)|total area|overall size|sq ?(?:m|ft)|what size is (?:my|the|our) (?:house|home|apartment)|total size)\b/g,
    ' total floor area ',
  ],
  [
    /\b(?:broad ?band|internet|wi-?fi|fibre|fiber)\b(?: providers?| suppliers?| companies| connections?)?/g,
    ' broadband ',
  ],
  [/\b(?:solar|pv|photovoltaics?)(?: panels?| modules?| system)?\b/g, ' solar panel '],
  [/\b(?:hot water (?:tank|cylinder|system)|cylinder|immersion tank)\b/g, ' hot water cylinder '],
  [/\b(?:stop ?cock|stop ?tap|stop valve|water shut ?off|mains water tap|shut ?off valve)\b/g, ' stopcock '],
  [
    /\b(?:fuse ?box|fuseboard|consumer unit|distribution board|trip switch(?:es)?|electric(?:al)? panel|(?:switch|turn|shut|knock) off (?:the |all the |my )?(?:electric(?:ity|s)?|power|leccy)(?= *$|\?)|(?:switch|turn|shut|knock) (?:the |all the |my )?(?:electric(?:ity|s)?|power|leccy) off)\b/g,
    ' fuse board ',
  ],
  [/\b(?:mvhr|hrv|ventilation (?:system|unit|type)|ventilated)\b/g, ' ventilation '],
  [
    /\b(?:(?:kind|type|sort|model) of (?:house|home)|house ?type|type is (?:my|our|the) (?:house|home)|house style)\b/g,
    ' housetype ',
  ],
  [
    /\b(?:customer (?:care|service)|after ?care|aftersales|builder'?s? (?:office|contact|phone)|contact (?:(?:in|at|with|for) )?(?:the |my |our )?(?:builder|developer)s?|(?:who|how) (?:do|should|can) (?:i|we) (?:ring|call|contact|phone|tell|talk to|report)(?: (?:about|if|with|to|a|any|my|the|there's|there is|i have)){0,4} (?:snags?|defects?|faults?))\b/g,
    ' customer care ',
  ],
  [
    /\b(?:emergency (?:contact|number|phone|line)s?|(?:out of|after)[ -]hours(?: number| contact| line)?|in an emergency|who (?:do|should) (?:i|we) (?:call|ring|phone) in an emergency)\b/g,
    ' emergency line ',
  ],
  [
    /\b(?:boiler|heat ?pump)\b(?=.*\b(?:do|have|is there|got|which|what|kind|type|model|make|brand)\b)/g,
    ' heating ',
  ],
  [
    /\b(?:where (?:do|does) (?:i|we) live|my address|full address|postal address|our address)\b/g,
    ' address ',
  ],
]
// Words that ask for a form of answer rather than name a subject.
export const FORM_WORDS = new Set(
  `number phone email e-mail contact detail name call ring type kind size rating many come model make brand provider supplier
  own live located location find second extra additional situated recorded record give tell know typical actual exactly current present total allocated
  assigned belong included designated got spot system company estate development allowed main currently entitled mine space
  people person charge responsible look care anyone full use each per property apartment`
    .split(/\s+/)
    .map(stem),
)

/** What facts are asked for by, correctly spelt: a word one letter off is read as one of these. */
export const FACT_VOCABULARY =
  `management company eircode parking heating bedroom bedrooms bathroom bathrooms kitchen living sitting dining utility
  broadband internet ventilation cylinder stopcock emergency contact collection recycling storage rating energy address
  square metres dimensions postcode`.split(/\s+/)
/** Ordinary words that are nearly one of them. */
export const LOOK_LIKE_FACTS: ReadonlySet<string> = new Set(
  `packing barking marking heading hearing beating seating eating healing giving loving liking lining timing dinning
  fitting setting spitting slitting contract contracts contacts contacting ratings eating relating dating rotating
  collections correction connection addressed addresses squares metre meters meter rental company's cooking hating
  listing kitchens bedroom's storing internal managements recycle cycling raining raging`.split(/\s+/),
)
