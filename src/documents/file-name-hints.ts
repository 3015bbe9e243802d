// What a file's name says about it: its kind, and which of a development's house types it is for.
import type { DocumentKind } from '#db/document-kinds.ts'

/** The first that matches counts, so the narrower words stand first. */
const KINDS: [DocumentKind, RegExp][] = [
  ['ber', /\bber\b|energy rating/],
  ['certificate', /\bcert(?:s|ificates?)?\b|\bcommissioning\b|\bcompliance\b/],
  ['warranty', /\bwarrant(?:y|ies)\b|\bguarantees?\b|\bhomebond\b/],
  ['brochure', /\bbrochures?\b|\bsales pack\b/],
  ['notice', /\bnotices?\b|\bcircular\b|\bnewsletter\b/],
  ['user_guide', /\buser ?guide\b|\bhome ?owners?(?: guide| pack)?\b|\bhandover\b|\bwelcome pack\b/],
  ['manual', /\bmanuals?\b|\binstructions?\b|\binstallation\b|\boperating\b|\bdata ?sheet\b/],
  ['structural', /\bstructural\b|\bfoundations?\b|\bload ?bearing\b/],
  ['specification', /\bspec(?:s|ifications?)?\b/],
  [
    'services_drawing',
    /\b(?:services?|electrical|mechanical|plumbing|drainage|heating) (?:layout|drawings?|plans?)\b/,
  ],
  ['elevation', /\belevations?\b|\bsections?\b/],
  [
    'floor_plan',
    /\bfloor ?plans?\b|\bgeneral arrangement\b|\b(?:ground|first|second|attic) floor\b|\blayouts?\b/,
  ],
]

const SEPARATOR = '[\\s_.-]?'

export type FileNameHints = { kind: DocumentKind | null; houseTypeCodes: string[] }

/** `codes` are the development's own; case, separators inside a code and O for 0 make no difference. */
export function fileNameHints(fileName: string, codes: readonly string[]): FileNameHints {
  const words = fileName
    .replace(/\.pdf$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
  return {
    kind: KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? null,
    houseTypeCodes: codes.filter((code) => /[A-Za-z0-9]/.test(code) && patternOf(code).test(fileName)),
  }
}

function patternOf(code: string): RegExp {
  const characters = [...code.replaceAll(/[^A-Za-z0-9]/g, '')].map((c) => (/[0o]/i.test(c) ? '[0O]' : c))
  return new RegExp(`(?<![A-Za-z0-9])${characters.join(SEPARATOR)}(?![A-Za-z0-9])`, 'i')
}
