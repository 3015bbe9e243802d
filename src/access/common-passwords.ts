// Passwords that guessers try first, made from what people build them of instead of a list of leaked ones.

/** What common passwords begin with or consist of; in small letters, digits read as the letters they stand for. */
const WORDS =
  `password passwort passphrase pass secret letmein welcome admin administrator login access master default
  changeme change guest user root test testing temp temporary qwerty qwertyuiop qwertz azerty asdfgh asdfghjkl
  zxcvbn zxcvbnm iloveyou love lovely princess prince sunshine monkey dragon shadow football baseball basketball
  hockey soccer rugby hurling superman batman starwars pokemon trustno michael jennifer jordan thomas daniel
  charlie george jessica ashley nicole samantha hunter ranger buster harley summer winter spring autumn january
  february march april may june july august september october november december monday tuesday wednesday thursday
  friday saturday sunday flower freedom whatever computer internet google facebook samsung apple orange banana
  cheese chocolate cookie pepper ginger maggie killer matrix ninja hello hallo goodmorning money happy family
  liverpool arsenal chelsea manchester united celtic rangers ireland dublin cork galway limerick kerry munster
  leinster ulster connacht killarney waterford kilkenny wexford tipperary donegal mayo sligo patrick brendan
  sean conor ciaran aoife siobhan niamh house home homes openhouse builder builders building development developer
  estate company office work staff portal chat document documents abc abcd abcde abcdef`
    .split(/\s+/)
    .filter((word) => word.length > 2)

/** Rows of keys and counting, forwards and backwards, are one letter's worth of thought. */
const RUNS = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '01234567890123456789']
const RUN_CHARS_MIN = 3

const LEET: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'l',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/** Fewer characters than these beside the common words, and a guesser's rules reach it. */
const OWN_CHARS_MIN = 6

/** Made of common words, runs, years and repeats, with little of one's own; or of `context`: names of the place. */
export function isCommonPassword(password: string, context: readonly string[] = []): boolean {
  const known = [...WORDS, ...context.flatMap(wordsOf)].sort((a, b) => b.length - a.length)
  const plain = password.normalize('NFKC').toLowerCase()
  return [plain, unleet(plain)].some((text) => ownChars(text, known) < OWN_CHARS_MIN)
}

/** How much is left when everything that a guesser's rules make is taken out. */
function ownChars(text: string, known: readonly string[]): number {
  let left = text
  for (const word of known) left = left.replaceAll(word, ' ')
  for (const run of RUNS) left = withoutRuns(left, run)
  left = left.replace(/(?:19|20)\d\d/g, ' ').replace(/(.+?)\1{2,}/g, '$1')
  return new Set(left.replace(/[^\p{L}\p{N}]/gu, '')).size
}

function withoutRuns(text: string, forwards: string): string {
  let left = text
  for (const run of [forwards, [...forwards].reverse().join('')])
    for (let size = Math.min(run.length, 10); size >= RUN_CHARS_MIN; size--)
      for (let at = 0; at + size <= run.length; at++) left = left.replaceAll(run.slice(at, at + size), ' ')
  return left
}

const unleet = (text: string) => [...text].map((char) => LEET[char] ?? char).join('')

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
