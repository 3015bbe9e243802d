// Finds the words of a page that answer a question best: sentences, steps, a section or rows of a table.

import { answerHint } from '#src/answers/answer-form.ts'
import { type PageReading, type ReadBlock, readPage } from '#src/answers/page-reading.ts'
import { type PassageReading, readPassage, textOf } from '#src/answers/passage-reading.ts'
import type { RetrievedChunk } from '#src/answers/question.ts'
import { contentStems, fold } from '#src/answers/wording.ts'

/** A passage that is no list is read in a few seconds. */
const PROSE_CHARACTERS_MAX = 320
const SECTION_CHARACTERS_MAX = 900
const ROWS_MAX = 4

/**
 * Blocks that follow each other in a chunk, verbatim on its page; rows and steps keep their line breaks. `share` is how
 * much of the question's weight they hold with their heading, `value` how well they answer (comparable in one question).
 */
export type Passage = PassageReading & { share: number; value: number }
export type Weights = ReadonlyMap<string, number>

/** Words rare among the retrieved chunks weigh more, and so does the action of a "how do I". */
export function weighWords(question: string, chunks: readonly RetrievedChunk[]): Weights {
  const asked = contentStems(question)
  const held = chunks.map((chunk) => readPage(chunk).chunkStems)
  const isHowTo = HOW_TO.test(fold(question))
  return new Map(
    asked.map((word, index) => {
      const frequency = held.filter((words) => words.has(word)).length
      return [word, Math.log(2 + chunks.length / (1 + frequency)) * (isHowTo && index === 0 ? 1.5 : 1)]
    }),
  )
}

const HOW_TO = /\bhow (?:do|can|should|to|would)\b/
const ASKS_WHY =
  /\b(?:why|how come|is (?:that|this|it) (?:normal|right|ok|okay|usual|expected|supposed)|are (?:they|these|those) (?:normal|ok|okay))\b/
/** Asks for everything a section says, not for one figure or name in it. */
const ASKS_FOR_SECTION =
  /\bhow (?:do|can|should|to|would)\b|\bmaintenance\b.*\bfirst year\b|\bfirst year\b.*\bmaintenance\b|\bcheck ?list\b|\bwhat (?:maintenance|should i do|do i do|must i do|happens|does .{3,60} (?:say|cover|mean))\b/

/** What a question looks for on every page: read once a question. */
export type Asked = {
  weights: Weights
  /** Words that follow each other in the question: "hot water" is not "water that is not hot". */
  pairs: readonly (readonly [string, string])[]
  /** What an answer to this question must hold. */
  wanted: RegExp | undefined
  /** It is likely rather than needed, and counts as far as the passage speaks of the subject. */
  isHint: boolean
  isHowTo: boolean
  /** "Why", "is that normal": a name in a table explains nothing. */
  isWhy: boolean
  forSection: boolean
}

export function askedFor(question: string, wanted: RegExp | undefined, weights: Weights): Asked {
  const folded = fold(question)
  return {
    weights,
    pairs: pairsOf(folded),
    wanted: wanted ?? answerHint(question) ?? undefined,
    isHint: wanted === undefined && /\bwhere\b/.test(folded),
    isHowTo: HOW_TO.test(folded),
    isWhy: ASKS_WHY.test(folded),
    forSection: wanted === undefined && ASKS_FOR_SECTION.test(folded),
  }
}

function pairsOf(folded: string): [string, string][] {
  const stems = contentStems(folded)
  return stems.slice(1).map((word, at) => [stems[at]!, word])
}

/** Of all that could stand side by side, so that one pair in a long question is a hint only. */
function pairsHeld({ pairs, weights }: Asked, stems: readonly string[]): number {
  if (pairs.length === 0) return 0
  const held = pairs.filter(([first, second]) => {
    const at = stems.indexOf(first)
    return at >= 0 && stems[at + 1] === second
  })
  return held.length / Math.max(1, weights.size - 1)
}

/** The best passage of a chunk's page. Null when none is verbatim. */
export function bestPassage(asked: Asked, chunk: RetrievedChunk): Passage | null {
  const reading = readPage(chunk)
  const { blocks } = reading
  const shares = sharesOn(reading, asked.weights)
  let best: { at: number; value: number } | null = null
  blocks.forEach((block, at) => {
    if (!block.isVerbatim) return
    const value = worthOf(at, shares, asked, reading) + (block.isInChunk ? CHUNK_BONUS : 0)
    if (best === null || value > best.value) best = { at, value }
  })
  if (best === null) return null
  const { at, value } = best as { at: number; value: number }
  const range = rangeOf(blocks, at, asked, reading)
  const passage = [range, [at, at] as const]
    .map(([from, to]) => readPassage(chunk, reading, { from, to, at }))
    .find(({ isVerbatim }) => isVerbatim)
  if (passage === undefined) return null
  return { ...passage, share: shareHeld(asked.weights, passage.stems), value }
}

/** From here on a heading is the question itself, and the answer begins right under it. */
const SECTION_SHARE_MIN = 0.6
/** A heading that holds this much of the question names its subject. */
const SUBJECT_SHARE_MIN = 0.3
const HEADING_SHARE = 0.6
const TITLE_SHARE = 0.3
const WANTED_BONUS = 0.7
const SECTION_BONUS = 0.35
const ROW_NAME_BONUS = 0.35
const CHUNK_BONUS = 0.1
const PAIR_BONUS = 0.25
/** A row whose first cell is the code asked for is the answer. */
const CODE_ROW_BONUS = 1.2
/** Words of a block that the question does not hold: with fewer it repeats the question and answers nothing. */
const NEW_WORDS_MIN = 2
const ECHO_COST = 0.25
/** A cover says what a document is about, not what it says. */
const COVER_COST = 0.5
const TABLE_HEAD_COST = 0.6
/** A row names a task; how it is done stands in steps. */
const ROW_IN_HOW_TO_COST = 0.3
const ROW_IN_WHY_COST = 0.6

function worthOf(at: number, shares: Shares, asked: Asked, reading: PageReading): number {
  const { weights, wanted } = asked
  const { blocks, titleStems, beginsSection, isCover } = reading
  const [block, before] = [blocks[at]!, blocks[at - 1]]
  const [own, headed, titled] = [shares.own[at]!, shares.headed[at]!, shares.titled[at]!]
  let value = own + HEADING_SHARE * (headed - own) + TITLE_SHARE * (titled - headed)
  if ((own > 0 || headed >= SUBJECT_SHARE_MIN) && wanted?.test(block.text))
    value += WANTED_BONUS * (asked.isHint ? titled : 1)
  if (block.kind === 'row' && !asked.isHowTo) value += rowBonus(block, weights)
  if (block.kind !== 'row' && !asked.isHowTo && own > 0) value += PAIR_BONUS * pairsHeld(asked, block.stems)
  if (isCover) value -= COVER_COST
  if (block.kind === 'head') value -= TABLE_HEAD_COST
  if (block.kind === 'row' && asked.isWhy) value -= ROW_IN_WHY_COST
  if (block.kind === 'row' && asked.isHowTo) value -= ROW_IN_HOW_TO_COST
  const isFirst = before === undefined ? beginsSection : before.heading !== block.heading
  if (asked.forSection && isFirst && isSectionAskedFor(block, weights, titleStems)) value += SECTION_BONUS
  if (!saysSomethingNew(block, weights)) value -= block.kind === 'row' ? 0 : ECHO_COST
  return value
}

function saysSomethingNew({ stems }: ReadBlock, weights: Weights): boolean {
  let count = 0
  for (const word of stems) if (!weights.has(word)) count += 1
  return count >= NEW_WORDS_MIN
}

/** Of the question's weight, what each block holds itself, with its heading, and with the title too. */
type Shares = { own: Float64Array; headed: Float64Array; titled: Float64Array }

function sharesOn({ blocks, blocksWith, titleStems }: PageReading, weights: Weights): Shares {
  const shares = {
    own: new Float64Array(blocks.length),
    headed: new Float64Array(blocks.length),
    titled: new Float64Array(blocks.length),
  }
  const { own, headed, titled } = shares
  let total = 0
  for (const [word, weight] of weights) {
    total += weight
    const held = blocksWith.get(word)
    for (const at of held?.own ?? []) own[at]! += weight
    for (const at of held?.headed ?? []) headed[at]! += weight
    if (titleStems.includes(word)) for (let at = 0; at < titled.length; at++) titled[at]! += weight
    else for (const at of held?.headed ?? []) titled[at]! += weight
  }
  for (const each of [own, headed, titled])
    for (let at = 0; at < each.length; at++) each[at] = total === 0 ? 1 : each[at]! / total
  return shares
}

/** The heading asks the question itself, or does so together with the document's title. */
const isSectionAskedFor = (
  { headingStems }: ReadBlock,
  weights: Weights,
  titleStems: readonly string[],
): boolean =>
  shareHeld(weights, headingStems) > 0 && shareHeld(weights, headingStems, titleStems) >= SECTION_SHARE_MIN

/** A row is named by its first cell: the more of that name was asked for, the better. */
function rowBonus(row: ReadBlock, weights: Weights): number {
  const { nameStems } = row
  if (nameStems.length === 0) return 0
  const share = nameStems.filter((word) => weights.has(word)).length / nameStems.length
  return (isNamedByCode(row, weights) ? CODE_ROW_BONUS : ROW_NAME_BONUS) * share
}

/** The first cell is the model number or error code asked for. */
const isNamedByCode = ({ nameStems }: ReadBlock, weights: Weights): boolean =>
  nameStems.length > 0 &&
  nameStems.every((word) => weights.has(word)) &&
  nameStems.some((word) => /\d/.test(word))

/** How far the passage around an anchor reaches: its section, its list, rows as good as it, or the next sentences. */
function rangeOf(
  blocks: readonly ReadBlock[],
  at: number,
  asked: Asked,
  { titleStems }: PageReading,
): readonly [number, number] {
  const { weights } = asked
  const anchor = blocks[at]!
  if (anchor.kind === 'row' && !asked.forSection) return rowsAround(blocks, at, weights)
  if (asked.forSection && isSectionAskedFor(anchor, weights, titleStems))
    return grow(blocks, at, SECTION_CHARACTERS_MAX, (block) => block.heading === anchor.heading)
  if (anchor.kind === 'row') return rowsAround(blocks, at, weights)
  if (anchor.kind === 'step' && asked.forSection) {
    let from = at
    while (
      from > 0 &&
      blocks[from - 1]!.kind === 'step' &&
      textOf(blocks.slice(from - 1, at + 1)).length < SECTION_CHARACTERS_MAX
    )
      from -= 1
    return [from, grow(blocks, from, SECTION_CHARACTERS_MAX, ({ kind }) => kind === 'step')[1]]
  }
  if (anchor.kind !== 'sentence') return [at, at]
  const from = LEANS_BACK.test(anchor.text) && blocks[at - 1]?.paragraph === anchor.paragraph ? at - 1 : at
  const to = grow(blocks, from, PROSE_CHARACTERS_MAX, ({ paragraph }) => paragraph === anchor.paragraph)[1]
  if (!INTRODUCES.test(blocks[to]!.text)) return [from, Math.max(at, to)]
  return [
    from,
    grow(
      blocks,
      from,
      SECTION_CHARACTERS_MAX,
      (block, index) => index <= to || ['item', 'step', 'row', 'head'].includes(block.kind),
    )[1],
  ]
}

/** A sentence that cannot be understood without the one before. */
const LEANS_BACK = /^(?:it|its|they|their|this|these|that|those|he|she|then|there|both|otherwise|if not)\b/i
const INTRODUCES = /(?::|\b(?:as follows|the following|these steps|in this order)[.:])$/i

function rowsAround(blocks: readonly ReadBlock[], at: number, weights: Weights): readonly [number, number] {
  if (isNamedByCode(blocks[at]!, weights)) return [at, at]
  const least = shareHeld(weights, blocks[at]!.stems)
  const isAsGood = (block: ReadBlock | undefined) =>
    block?.kind === 'row' && shareHeld(weights, block.stems) >= least && least > 0
  let from = at
  let to = at
  while (to - from + 1 < ROWS_MAX && isAsGood(blocks[to + 1])) to += 1
  while (to - from + 1 < ROWS_MAX && isAsGood(blocks[from - 1])) from -= 1
  return [from, to]
}

/** Grows forward while blocks belong and the text stays within its length. */
function grow(
  blocks: readonly ReadBlock[],
  from: number,
  charactersMax: number,
  belongs: (block: ReadBlock, index: number) => boolean,
): readonly [number, number] {
  let to = from
  let characters = blocks[from]!.text.length
  while (to + 1 < blocks.length && belongs(blocks[to + 1]!, to + 1)) {
    characters += blocks[to + 1]!.text.length + 1
    if (characters > charactersMax) break
    to += 1
  }
  return [from, to]
}

/** Lists instead of sets: a question has few words, and a block not many more. */
export function shareHeld(weights: Weights, ...lists: readonly (readonly string[])[]): number {
  let sum = 0
  let total = 0
  for (const [word, weight] of weights) {
    total += weight
    if (lists.some((words) => words.includes(word))) sum += weight
  }
  return total === 0 ? 1 : sum / total
}
