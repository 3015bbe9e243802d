// What a hazard rule is, and how a question is prepared before the rules read it.
import { correctTowards } from '#src/answers/wording.ts'

export type Tier = 'emergency-life' | 'emergency-property' | 'structural'
export type HazardRule = { reason: string; when: RegExp; and?: RegExp; unless?: RegExp }
export type Hazard = { tier: Tier; reason: string }

/** Correctly spelt hazard words; a word one or two letters off is read as one of these. */
const HAZARD_VOCABULARY = [
  'smoke',
  'smoking',
  'flames',
  'burning',
  'spark',
  'sparks',
  'sparking',
  'shock',
  'electric',
  'electrical',
  'electricity',
  'electrocuted',
  'carbon',
  'monoxide',
  'alarm',
  'socket',
  'burst',
  'flood',
  'flooding',
  'flooded',
  'leaking',
  'leaks',
  'pouring',
  'gushing',
  'ceiling',
  'water',
  'sewage',
  'power',
  'kitchen',
  'smell',
  'smells',
  'smelling',
  'collapsed',
  'unconscious',
  'breathing',
  'explosion',
  'bypass',
  'breaker',
  'crack',
  'cracks',
  'cracked',
  'mould',
  'knock',
  'remove',
  'removing',
  'rewire',
  'boiler',
  'chimney',
  'joist',
  'joists',
  'convert',
  'conversion',
  'attic',
  'structural',
  'supporting',
  'partition',
  'dizzy',
  'headache',
  'dripping',
  'hissing',
  'overflowing',
  'demolish',
  'extension',
  'service',
  'myself',
  'stopcock',
  'drill',
  'drilling',
] as const

/** Ordinary words one letter from a hazard word. */
const LOOK_ALIKES = new Set(
  `floor floors floored stock stocks stocked spoke stoke stokes smokes smoked spare spares stark shark shook shack
  smock burnt burned bust leaning leading leaving leaked carton cartons waiter wafer crick creek creak creaks tower
  powder lower would could moult mound small smalls smelled smelly spell shell swell flame bursts electrics election
  electrician alarms sockets socks rockets shocked shocking blood food floods serving services serviced surface knack
  knocks known drills drilled drips dropping boilers boiled burns turning packing peaks loading flowing power's
  ceilings hiring pouring sewing powers colour removal removed removes extensions converted converts converter
  attics antic sparkling smoker smokers waters watery sensor wager creaking cracker cracking joint joints moist
  bread break breakers broken freaked alarmed sell sells selling seller spell snell shells shelling leads leaps leans frames frame flares remote remotes
  retire concert convent convection conversation dipping sparing sparse burying coiling collars structure electronic
  resolving broiler parkin headaches chimneys partitions rewired crac burr spar flooring swelling spelling starting breaking stalling leak gass leaks lease leaflet fleas`.split(
    /\s+/,
  ),
)

/** Words that only name a device, a document or a bill; taken out so that the name alone raises nothing. */
const HARMLESS_NAMES = [
  /\bfire ?(?:doors?|safety|extinguishers?|cert(?:ificate)?s?|stopping|rat(?:ing|ed)|resist(?:ance|ant)|blankets?|places?|pits?|regulations?|regs|escapes?|exits?|drill|surrounds?|insurance|stations?|brigade|assembly|hydrants?|retardant|proof(?:ing)?|dampers?|officers?|log(?:s|book)?|wood|guards?|points?|strategy|plan|collars?|seals?|lighters?|hearth)\b/g,
  /\b(?:gas|electric|open|log|bio[- ]?ethanol|stove|decorative) fires?\b(?! (?:in|has|is|are|broke|started|burning))/g,
  /\bsmoke(?:[- ](?:grey|gray|white|blue|colou?r(?:ed)?|free|glass|effect|oak|machine|vents?))+\b/g,
  /\bflood ?(?:risk|insurance|zones?|maps?|plains?|lights?|lighting|defen[cs]es?|relief|history|cover)\b/g,
  /\bfloodlights?\b/g,
  /\bshock (?:absorbers?|proof)\b/g,
  /\bpower ?(?:shower|tools?|hose|washer|rating|output|consumption|bill|supplier|socket|wash)\b/g,
]

/** Folded, corrected text without harmless names; what every rule is matched against. */
export function readForHazards(text: string): string {
  let read = correctTowards(text, HAZARD_VOCABULARY, LOOK_ALIKES)
  for (const name of HARMLESS_NAMES) read = read.replace(name, ' _ ')
  return read
    .replace(/\bsparkling\b/g, ' _ ')
    .replace(/\bga(?:z|ss|zz)\b/g, 'gas')
    .replace(/\s+/g, ' ')
    .trim()
}

export function firstHazard(read: string, tier: Tier, rules: readonly HazardRule[]): Hazard | null {
  const rule = rules.find(
    (candidate) =>
      candidate.when.test(read) &&
      (candidate.and === undefined || candidate.and.test(read)) &&
      (candidate.unless === undefined || !candidate.unless.test(read)),
  )
  return rule === undefined ? null : { tier, reason: rule.reason }
}
