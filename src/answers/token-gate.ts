// Lets a model's tokens through to the reader only once they cannot hold an invented number, mark, link or code word.
import { isKnownNumber, type KnownNumbers, plainText, riskyNumbers } from '#src/answers/cite.ts'
import { NO_ANSWER } from '#src/answers/prompt.ts'

/** Text held back at most: a longer run without a space is let through as it is. */
const HELD_CHARACTERS_MAX = 200

export type TokenGate = { push(text: string): Promise<void>; end(): Promise<void>; passed(): boolean }

export function tokenGate(
  limits: { known: KnownNumbers; evidence: readonly string[]; chunkCount: number },
  emit: (text: string) => Promise<void>,
): TokenGate {
  let held = ''
  let started = false
  const order: number[] = []

  async function release(text: string): Promise<void> {
    const clean = cleaned(text)
    if (clean === '') return
    started = true
    await emit(clean)
  }

  function cleaned(text: string): string {
    return plainText(text, limits.evidence)
      .replace(/(?:[€£$]\s?)?\+?\d[\d\s().\-/,]*\d(?:\s?(?:euro|eur|€))?|[€£$]\s?\d/giu, (number) =>
        riskyNumbers(number).some((digits) => !isKnownNumber(limits.known, digits)) ? '…' : number,
      )
      .replace(/\s?\[(\d+)\]/g, (_mark, number: string) => markOf(Number(number)))
  }

  // Marks count up in the order the reader meets them, as the verified answer does.
  function markOf(number: number): string {
    if (number < 1 || number > limits.chunkCount) return ''
    if (!order.includes(number)) order.push(number)
    return ` [${order.indexOf(number) + 1}]`
  }

  return {
    async push(text) {
      held += text
      if (!started && NO_ANSWER.startsWith(held.trim().slice(0, NO_ANSWER.length))) return
      const cut = held.length > HELD_CHARACTERS_MAX ? held.length : safeCut(held)
      if (cut === 0) return
      const ready = held.slice(0, cut)
      held = held.slice(cut)
      await release(ready)
    },
    async end() {
      const rest = held
      held = ''
      if (rest.trim() !== NO_ANSWER) await release(rest)
    },
    passed: () => started,
  }
}

/** Up to (not including) the last white space, unless that is inside a number, a mark or markup still being written. */
function safeCut(text: string): number {
  let cut = text.trimEnd().length === text.length ? text.search(/\s+\S*$/) : text.trimEnd().length
  if (cut <= 0) return 0
  const number = text.slice(0, cut).match(/[€£$+(]*\d[\d\s().\-/,]*$/)
  if (number !== null) cut = number.index!
  const open = Math.max(text.lastIndexOf('[', cut - 1), text.lastIndexOf('<', cut - 1))
  const closed = Math.max(text.lastIndexOf(']', cut - 1), text.lastIndexOf('>', cut - 1))
  // The white space before a mark goes with it: the mark may have to go.
  if (open > closed) cut = open
  return text.slice(0, cut).trimEnd().length
}
