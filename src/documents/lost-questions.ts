// Which kind of document a question that nobody could answer would have needed, told by its words.
import type { DocumentKind } from '#db/document-kinds.ts'

/** In order: a question about the warranty of a heat pump is about the warranty. */
const WORDS: [kind: DocumentKind, words: RegExp][] = [
  ['warranty', /\b(?:warrant\w*|guarantee\w*|covered for)\b/i],
  ['ber', /\b(?:ber|energy rating)\b/i],
  ['certificate', /\bcert(?:s|ificates?)?\b/i],
  [
    'services_drawing',
    /\b(?:pipes?|drains?|drainage|sewer|cables?|manholes?|where (?:does|do) the .* run)\b/i,
  ],
  ['elevation', /\b(?:elevation|outside look|facade|render|brick)\b/i],
  ['floor_plan', /\b(?:floor ?plans?|layout|dimensions?|how (?:big|wide|long)|size of)\b/i],
  [
    'specification',
    /\b(?:specification|made of|which (?:make|model|brand|colour|paint)|tiles?|insulation|u-?value)\b/i,
  ],
  ['manual', /\b(?:manual|error|code|reset|boiler|heat ?pump|oven|hob|alarm|thermostat|appliance|filter)\b/i],
  ['user_guide', /\b(?:how (?:do|often|can)|bins?|clean|maintain|maintenance|turn (?:on|off)|meter)\b/i],
]

/** Null when the words tell of no kind. Pure. */
export const kindMissed = (question: string): DocumentKind | null =>
  WORDS.find(([, words]) => words.test(question))?.[0] ?? null
