// What the assistant does not answer: rules for other people, other homes, prices, advice, writing and its own prompt.

export type RefusalReason =
  | 'other_home'
  | 'other_people'
  | 'personal_contact'
  | 'price'
  | 'legal'
  | 'medical'
  | 'financial'
  | 'rumour'
  | 'writing'
  | 'errand'
  | 'elsewhere'
  | 'prompt'
  | 'other_development'

type RefusalRule = { reason: RefusalReason; when: RegExp; and?: RegExp; unless?: RegExp }

const PERSON_ROLE =
  /\b(?:site (?:manager|foreman|agent)|foreman|builders?|developers?|directors?|owner|ceo|boss|engineer|architect|sales ?(?:person|man|woman|agent|rep|team)|estate agent|agent|plumber|electrician|worker|staff|snagger|contractor|manager|salesman|quantity surveyor|neighbour)s?\b/
const HOME_NOUN =
  '(?:house|home|property|place|apartment|flat|duplex|semi|terrace|houses|homes|properties|apartments|units|estate)'

export const REFUSAL_RULES: readonly RefusalRule[] = [
  {
    reason: 'prompt',
    when: /\b(?:ignore|disregard|forget|override|bypass|skip|drop|overlook)\b(?: \w+){0,4} (?:rules?|instructions?|prompts?|guidelines?|directions?|restrictions?|guard ?rails?|safety (?:rules|filters?)|above|previous|told|polic(?:y|ies)|training)\b/,
    unless: /\b(?:heat pump|manual'?s?|bins?|handover|estate) (?:rules|instructions)\b/,
  },
  {
    reason: 'prompt',
    when: /\b(?:system (?:prompt|message|instruction)s?|hidden (?:prompt|instructions?|rules)|initial prompt|your (?:own )?(?:prompts?|instructions?|guidelines|rules|configuration|config|directives|training data|source code|system|api keys?)(?! (?:for|on|about|to)\b)|jail ?break|developer mode|debug mode|god mode|admin mode|root access|sudo|\bdan\b mode|do anything now|no restrictions|without (?:any )?(?:restrictions|rules|filters|limits)|unfiltered|uncensored|prompt injection|api key|env(?:ironment)? variables?|database (?:password|dump|schema)|drop table|select \* from|admin password|user ?list|everything above|text above|words above|repeat after me)\b/,
    unless: /\b(?:api key for (?:the|my) (?:inverter|heat pump))\b/,
  },
  {
    reason: 'prompt',
    when: /\b(?:pretend (?:you|to be|that you)|act as (?:a|an|if|though|my)|you are now|from now on,? you|role ?play|imagine you(?:'re| are) (?:a|an|not)|simulate (?:a|an|being)|you must (?:now )?obey|new instructions|i am (?:the|an?|your) (?:super )?(?:admin\w*|developer|system|operator|creator|openai)|as (?:the|an) admin\w*|override code|which (?:llm|language model|ai model)|what (?:instructions|rules|prompt) (?:were|was|are|have) you|are you (?:gpt|chatgpt|claude|gemini))\b/,
  },
  {
    reason: 'writing',
    when: /\b(?:write|draft|compose|pen|type (?:up|out)|word|prepare|put together|create|generate|make|script|ghost ?write|finish|proof ?read|edit|rewrite|translate|summari[sz]e|send)\b(?: (?:me|us|up|out|for me|a|an|the|my|our|some|this|that|one|short|angry|nasty|strong|strongly|worded|formal|polite|quick|nice|funny|bad|good|five|star|negative|positive|long|legal|complaint|birthday|another))* (?:e-?mails?|letters?|complaints?|reviews?|poems?|essays?|stor(?:y|ies)|songs?|speech(?:es)?|tweets?|posts?|cv|resum[eé]|cover letter|code|program\b|python|javascript|recipes?|blogs?|adverts?|ads?|listings?|homework|petitions?|templates?|limericks?|raps?|jokes?|haikus?|articles?|statement|contract|invitation|whatsapp|text message|message to|message for)\b/,
    unless: /\b(?:what does|error|display|controller|code (?:on|for) the|reset|welcome pack)\b/,
  },
  {
    reason: 'writing',
    when: /\b(?:write|draft|compose|pen) (?:me )?(?:something|an? note|an? few (?:lines|words))\b|\b(?:write|draft|compose|pen|ghost ?write|rewrite)(?! to\b)(?: \w+){1,5} (?:e-?mails?|letters?|complaints?|reviews?|poems?|essays?|songs?|speech(?:es)?|posts?|petitions?|messages?)\b/,
    unless: /\b(?:where|who|what(?:'s| is) the (?:e-?mail|address)) /,
  },
  {
    reason: 'writing',
    when: /\b(?:need|want|like|looking for|get me) an? (?:[\w-]+ ){0,3}(?:e-?mail|letter|complaint|review|message)\b/,
    and: /\b(?:write|written|writing|draft\w*|worded|wording|compos\w*)\b/,
  },
  {
    reason: 'writing',
    when: /\b(?:tell|sing|give) me an? (?:\w+ )?(?:joke|story|poem|song|riddle|recipe|limerick)\b|\bdo my homework\b|\bhelp (?:me )?(?:with )?(?:to )?(?:write|writing|draft|word|phrase)\b|\b(?:joke|poem|song|limerick|haiku) (?:about|on|for)\b/,
  },
  {
    reason: 'errand',
    when: /\b(?:can|could|would|will) you (?:please |pls |just |maybe )?(?:book|order|hire|ring|call|phone|text|buy|reserve)\b(?! (?:up|it|this|that|the (?:yoke|room))\b)|^(?:please |pls )?(?:book|order|hire|buy) (?:me|us) an? /,
  },
  {
    reason: 'elsewhere',
    when: /\bwho(?:'s| is| will| is going to|'ll| do you think will)? (?:gonna )?(?:win(?:s|ning)?|won) (?:the|on|at|in|this|next)\b(?! (?:contract|tender))|\b(?:premier league|champions league|world cup|six nations|all[- ]ireland final|football scores?)\b|\b(?:what(?:'s| is| will)|whats|how(?:'s| is|s)) the (?:weather|forecast)(?! comp)|\b(?:will|is) it (?:going to )?(?:rain|snow|be (?:sunny|warm|cold)) (?:today|tomorrow|tonight|on|at|this|next)\b|\bwho (?:should|will|would|do) (?:i|you) vote\b|\b(?:general election|taoiseach|prime minister|president of)\b|\bhomework\b|\b(?:horoscope|lotto (?:numbers?|results?)|lottery)\b|\bmeaning of life\b|\b(?:my|a) (?:girlfriend|boyfriend|love life)\b/,
  },
  {
    reason: 'prompt',
    when: /\b(?:ignora(?:r|ti)?|olvida|zignoruj|zapomnij|ignorez|oublie[zr]?|esque(?:ce|ca)|uita|ignoriere|vergiss)\b(?: \p{L}+){0,4} (?:instruc\p{L}*|instrukcj\p{L}*|reg(?:l|ul|ra)\p{L}*|zasad\p{L}*|anweisung\p{L}*)/u,
  },
  {
    reason: 'other_people',
    when: /(?:^|[^\p{L}])(?:quien(?:es)? (?:vive|compro)|kto (?:mieszka|kupil)|qui (?:habite|vit|a achete)|cine (?:locuieste|sta|a cumparat)|quem (?:mora|vive|comprou)|ce a chonaionn|cen duine ata|wer (?:wohnt|hat gekauft)|хто (?:живе|купив)|кто (?:живет|купил))(?![\p{L}])/u,
  },
  {
    reason: 'other_people',
    when: /(?:^|[^\p{L}])(?:vecin[oa]?s?|sasiad\p{L}*|voisine?s?|vecin(?:ii|ul|ilor|a|ei)|vizinh\p{L}*|chomharsa\p{L}*|nachbar\p{L}*|сусід\p{L}*|сосед\p{L}*)(?![\p{L}])/u,
    and: /(?:^|[^\p{L}])(?:pag\p{L}*|paye\p{L}*|zaplac\p{L}*|plat\p{L}*|ioc|bezahl\p{L}*|заплат\p{L}*|платил\p{L}*|precio|cena|cene|prix|pret|preco|preis|plan\p{L}*|grundriss|casas?|dom\p{L}*|maisons?|haus|nombre|nazw\p{L}*|nom|nume|nome|numero|numer|telefon\p{L}*)(?![\p{L}])/u,
  },
  {
    reason: 'legal',
    when: /\b(?:su(?:e|es|ed|ing)|solicitors?|lawyers?|barristers?|legal(?:ly)?(?! (?:boundary|address|owner))|litigat\w*|(?:go|goes|going|take|taking|bring|brought|see) (?:\w+ ){0,4}(?:to|in) court|in court|small claims|ombudsman|compensation|damages|breach of contract|statutory rights?|my rights|our rights|what rights|have rights|liable|negligen\w*|prosecut\w*|lawsuit|claim against|(?:have|got) a (?:legal )?case\b|withhold (?:payment|the final)|pull out of the (?:sale|contract)|break the contract|terminate (?:the|my) contract|defective premises)\b/,
    unless: /\b(?:legal (?:minimum|maximum)|court ?yard|tennis)\b/,
  },
  {
    reason: 'rumour',
    when: /\b(?:bankrupt\w*|insolven\w*|receivership|liquidat\w*|examinership|administration(?! fee| of)|go(?:ing|ne|es)? (?:bust|under|to the wall|broke)|out of business|financial (?:trouble|difficult\w*|problems?)|run(?:ning)? out of money|in debt|nama|scandal|cowboys?|corrupt\w*|crooks?\b|scam\w*|fraud\w*|dodgy|trustworthy|trust the (?:builder|developer)|sold (?:off|out) (?:by|to)|being sold|(?:is|are) the (?:builders?|developers?) (?:any good|reliable|honest|in trouble|solvent))|\b(?:is|are) (?:the |my |our )?(?:builders?|developers?|company) (?:broke|bust|skint|gone|finished)\b|(?:builder|developer|company|they)(?:'s|'re| is| are) (?:broke|bust|skint)\b/,
    unless: /\bdodgy (?:smell|socket|tap|door|hinge|connection|light)\b/,
  },
  {
    reason: 'personal_contact',
    when: /\b(?:(?:personal|private|own|direct|home)\b(?: \w+)? (?:mobile|number|phone|cell|address|e-?mail|line|contact)|mobile|cell(?:phone)? number|whatsapp|facebook|instagram|linkedin|snapchat|date of birth|home address|surname|salary|earns?)\b/,
    and: new RegExp(
      `${PERSON_ROLE.source}|\\b(?:his|her|their|someone'?s|people'?s|(?!(?:what|that|it|where|who|there|how|here|let)'s)[a-z]+'s)\\b`,
    ),
    unless:
      /\b(?:mobile (?:coverage|signal|app|reception|phone (?:coverage|signal|reception))|whatsapp group|emergency)\b(?!.*\b(?:personal|private|mobile number)\b)/,
  },
  {
    reason: 'personal_contact',
    when: /^(?=.*\b(?:personal|private|(?:his|her|their) own|own (?:one|number|phone|mobile))\b)(?=.*\b(?:numbers?|phone|mobile|e-?mail|address)\b)/,
    and: PERSON_ROLE,
  },
  {
    reason: 'other_people',
    when: /\bwho(?:'s| is|'ll| will| has| was| are|se)?(?: \w+){0,3} (?:liv(?:e|es|ing|ed) (?:in|at|on|next|beside|across|opposite|above|below|upstairs|downstairs|there|here|behind|with|near|around)|bought|buy(?:s|ing)|owns? (?:the )?(?:house|home|number|no|apartment|place|other)|mov(?:ed|ing|es) in|rents?|renting)\b|\bwho else (?:lives|bought|is)\b|\bwho are (?:my|the|our) (?:new )?neighbours\b/,
    unless: /\bwho (?:do|should|can) i\b/,
  },
  {
    reason: 'other_people',
    when: /\b(?:names?|list|lists|details|phone numbers?|numbers?|e-?mails?|contact details|contacts|addresses|eircodes?|ages?|jobs?|nationalit\w*|religion)\b(?: \w+){0,4} (?:residents?|purchasers?|buyers?|owners|home ?owners?|house ?holds?|families|tenants|people (?:living|in|on)|neighbours?|occupants?|everyone|everybody|previous owner|children|kids)\b|\bwhere (?:do|does) (?!i\b|we\b|the\b|my\b|it\b|this\b)[\w']+(?: [\w']+){0,2} live\b|\bwhose (?:car|dog|cat|house|van|bin|kids|children)\b|\bwhere (?:do|does) the (?!(?:\w+ )?(?:bins?|keys?|meters?|filters?|fuses?|bikes?|cars?|hoover|boxes|tools)\b)[a-z]+(?: [a-z]+)? live\b|\bis (?:anyone|anybody|someone) (?:living|at home|home|in)\b|\b(?:other|all|all the|every) (?:residents?|purchasers?|buyers?|owners|occupants)(?:'s?)?\b/,
    unless:
      /\b(?:residents'? (?:association|committee|parking|meeting)|owners'? management|management company|fire|annual general)\b/,
  },
  {
    reason: 'other_people',
    when: /\bwho(?:'s| is|s| are|'re| was) (?:the|that|this|them|those) (?:\w+ ){0,2}(?:fella|fellow|lads?|man|woman|guy|girl|boy|couple|family|lady|crowd|young one|one|people|person) (?:in|at|from|with|across|beside|opposite|on|living|that|who)\b/,
    unless: /\b(?:charge|responsible|contact|(?:i|we) (?:can|should|ring|call|talk|ask)|management|office)\b/,
  },
  {
    reason: 'other_people',
    when: /\bwhich (?:houses|homes|units|apartments) are (?:empty|vacant|unsold|unoccupied|still|sold|rented)\b|\bhow many (?:houses|homes|units|people|families) (?:are|have|live|were|been)(?: \w+){0,2} (?:sold|moved in|empty|vacant|occupied|rented|social|council|living|here)\b|\bsocial housing\b|\bcouncil houses?\b/,
  },
  {
    reason: 'price',
    when: new RegExp(
      `\\b(?:${HOME_NOUN})(?:'s)? (?:prices?|values?|valuations?|worth)\\b|\\b(?:worth|values?|valuations?|(?:asking |sale |selling |purchase |market |resale |going )?prices?)\\b(?: (?:of|for|on|a|an|the|my|our|this|these|other|bed|bedroom|\\d|three|four|two|similar|new))* ${HOME_NOUN}\\b|\\bhow much (?:did|does|do|would|could|will|can|is|are|was|were|should|has|have)(?: (?!heat|power|run|paint|clean|insur|light|insul|stor|space|of)[\\w']+){0,6} (?:sell|sold|sells|go for|went for|worth|pay for (?:the|their|his|her|this|that|my|our) ${HOME_NOUN}|paid for|fetch|rent (?:for|out)|get for (?:my|the|this|our) ${HOME_NOUN})|\\b(?:resale|market) values?\\b|\\b(?:my|the|this|our) ${HOME_NOUN} (?:be )?(?:worth|valued|gone up|appreciat\\w*|gain\\w* value|increased? in value|lost value)|\\bwhat (?:did|does|do|would|is|are|was)(?: (?!heat|run)[\\w']+){0,4} (?:pay for (?:their|his|her|the|that|this|my|our) ${HOME_NOUN}|${HOME_NOUN} (?:cost|sell for|go for|worth))|\\bhow much (?:did|does|do|is|are|was|were|would) (?:my|the|this|our|that|a|these|those|other|your) (?:\\w+ ){0,2}${HOME_NOUN}s? (?:cost|selling for|going for|worth)?\\s*(?:$|\\?|cost|selling|going|worth)|\\b(?:(?:what|how much) (?:would|could|will|might) (?:i|we) (?:get|make) (?:for|on|from|if)|(?:sell|selling|sold) (?:my|our|the|this) (?:house|home|apartment|property)|(?:are|is|were|was) (?:the )?[\\w']+ (?:paying|pay|paid) for|deposit|price (?:list|difference|drop|reduction)|sale price|asking price|sold for|rental (?:income|value|yield)|(?:rent|lease) (?:it |my \\w+ |the \\w+ )?out for|stage payments?)\\b`,
    ),
    unless:
      /\b(?:u-?values?|r-?values?|cost to (?:run|heat|power|insure|maintain|light)|to run|running costs?|energy value|default value|set ?point|pre-?charge|solar|heat pump|electricity|filters?|bin charges?|management fees?|service charge|grant)\b/,
  },
  {
    reason: 'financial',
    when: /\b(?:mortgages?|re-?mortgag\w*|invest(?:ing|ment|ments|or)?|stamp duty|property tax|lpt|income tax|tax (?:relief|credit|return|back|deductible)|vat (?:back|refund)|pensions?|loans?|interest rates?|bitcoin|crypto\w*|stock market|shares|tracker|help to buy|first home scheme|financial(?:ly)? (?:advice|sense|worth)|credit union|(?:which|what|best|cheapest|should i)(?: \w+){0,4} (?:insur(?:er|ance)|bank(?! holiday)))\b/,
    unless:
      /\b(?:nearest|closest|near(?:by)?|loan of|homebond|structural|insurance (?:cover|policy|certificate|documents?)|invest in (?:a )?(?:filter))\b/,
  },
  {
    reason: 'medical',
    when: /\b(?:rash|cough\w*|asthma\w*|allerg\w*|eczema|(?<!self[- ])diagnos\w*|symptoms?|medicines?|medication|antibiotics?|paracetamol|ibuprofen|dos(?:e|age) of (?!salt|cleaner|inhibitor|chlor)|pregnan\w*|migraines?|(?:chest|ear|skin|throat|eye) infection|(?:see|call|need|visit|go to) a (?:doctor|gp)|vomit\w*|fever|temperature (?:of|is) 3[89]|itchy|sore throat|depress\w*|anxiety|making (?:me|us|my \w+|him|her|them) (?:sick|ill|unwell)|make (?:me|us|him|her) (?:sick|ill)|(?:safe|bad|harmful) for (?:my|the|a) (?:baby|health|lungs|child|pregnan\w*)|medical advice|my health)\b/,
    unless: /\b(?:nearest|closest|near(?:by)?|how far|dishwasher|salt tablets?)\b/,
  },
]

const SAY: Record<RefusalReason, string> = {
  other_home: 'I can only talk about your own home, so I cannot share anything about another one.',
  other_people: 'I cannot share anything about other residents or who lives where.',
  personal_contact: 'I cannot give out personal contact details of anyone.',
  price: 'I cannot help with prices, values or what anyone paid.',
  legal: 'I cannot give legal advice.',
  medical:
    'I cannot give medical advice; please ask a doctor or pharmacist, and call 999 or 112 if it is urgent.',
  financial: 'I cannot give financial, tax or insurance advice.',
  rumour: 'I cannot comment on any company’s affairs or reputation.',
  writing: 'I do not write letters, e-mails or other texts.',
  errand: 'I cannot make calls, bookings or purchases for you.',
  elsewhere: 'I only know about your home and what is near it, so I cannot help with that.',
  prompt: 'I cannot change or show how I am set up.',
  other_development: 'I can only help with your own home and development.',
}

export function refusalText(reason: RefusalReason): string {
  return `${SAY[reason]}\n\nI can help with your own home: its rooms and recorded details, its manuals, warranties and floor plan, and places nearby. If something in your home needs attention, I can pass your question to the builder.`
}
