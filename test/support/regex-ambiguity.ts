// Says whether a repeated group of a pattern can match one text in two ways, which makes a search take 2ⁿ steps.

type Node =
  | { kind: 'set'; atom: string }
  | { kind: 'all'; parts: Node[] }
  | { kind: 'either'; parts: Node[] }
  | { kind: 'repeat'; part: Node; min: number; max: number; raw: string }

/** Repetitions up to this many times are spelt out; more often counts as without end. */
const SPELT_OUT_MAX = 6
const NOTHING: Node = { kind: 'all', parts: [] }

/** The repeated groups that are ambiguous, as they are written. Word boundaries and lookarounds count as nothing. */
export function ambiguousRepeats(source: string, flags: string): string[] {
  const parsed = parse(source)
  const repeats: (Node & { kind: 'repeat' })[] = []
  for (const pattern of [parsed.node, ...parsed.lookarounds]) collect(pattern, repeats)
  return repeats.filter((repeat) => isAmbiguous(repeat, flags)).map(({ raw }) => raw)
}

function collect(node: Node, into: (Node & { kind: 'repeat' })[]): void {
  if (node.kind === 'set') return
  if (node.kind === 'repeat') {
    if (node.max > SPELT_OUT_MAX && node.part.kind !== 'set') into.push(node)
    else collect(node.part, into)
  } else for (const part of node.parts) collect(part, into)
}

function parse(source: string): { node: Node; lookarounds: Node[] } {
  const lookarounds: Node[] = []
  let at = 0
  const node = either()
  if (at !== source.length) throw new Error(`not understood at ${at}: ${source}`)
  return { node, lookarounds }

  function either(): Node {
    const parts = [all()]
    while (source[at] === '|') {
      at++
      parts.push(all())
    }
    return parts.length === 1 ? parts[0]! : { kind: 'either', parts }
  }

  function all(): Node {
    const parts: Node[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(repeated())
    return { kind: 'all', parts }
  }

  function repeated(): Node {
    const from = at
    const part = one()
    const count = source.slice(at).match(/^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/)
    if (count === null) return part
    at += count[0].length
    const [, sign, least, comma, most] = count
    const min = sign === undefined ? Number(least) : sign === '+' ? 1 : 0
    const endless = sign === '*' || sign === '+' || (comma !== undefined && most === '')
    const max = endless ? Number.POSITIVE_INFINITY : sign === '?' ? 1 : Number(most ?? least)
    return { kind: 'repeat', part, min, max, raw: source.slice(from, at) }
  }

  function one(): Node {
    const anchor = source.slice(at).match(/^(?:\\[bB]|[\^$])/)
    const atom = source
      .slice(at)
      .match(
        /^(?:\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\])/,
      )
    if (anchor !== null) {
      at += anchor[0].length
      return NOTHING
    }
    if (source[at] === '(') return group()
    const text = atom?.[0] ?? String.fromCodePoint(source.codePointAt(at)!)
    at += text.length
    return { kind: 'set', atom: text }
  }

  function group(): Node {
    const opening = source.slice(at).match(/^\((?:\?(?:<?[=!]|:|<\w+>))?/)![0]
    at += opening.length
    const inside = either()
    at++
    if (!/[=!]$/.test(opening)) return inside
    lookarounds.push(inside)
    return NOTHING
  }
}

/** Places of the pattern that read a character, and in how many ways one place can come after another. */
type Walk = { atoms: string[]; follow: Map<number, number>[] }
type Ends = { first: Map<number, number>; last: Map<number, number>; empty: number }

function isAmbiguous(repeat: Node & { kind: 'repeat' }, flags: string): boolean {
  const walk: Walk = { atoms: [], follow: [] }
  endsOf({ ...repeat, max: Number.POSITIVE_INFINITY }, walk)
  if (walk.follow.some((next) => [...next.values()].some((ways) => ways > 1))) return true
  return meetAgain(walk, overlaps(walk.atoms, flags))
}

function endsOf(node: Node, walk: Walk): Ends {
  if (node.kind === 'set') {
    const place = walk.atoms.push(node.atom) - 1
    walk.follow.push(new Map())
    return { first: new Map([[place, 1]]), last: new Map([[place, 1]]), empty: 0 }
  }
  if (node.kind === 'either') return node.parts.map((part) => endsOf(part, walk)).reduce(sumOf)
  if (node.kind === 'all')
    return node.parts
      .map((part) => endsOf(part, walk))
      .reduce((one, other) => joined(one, other, walk), { first: new Map(), last: new Map(), empty: 1 })
  if (node.max <= SPELT_OUT_MAX) return endsOf(speltOut(node), walk)
  const ends = endsOf(node.part, walk)
  connect(ends.last, ends.first, walk)
  // An engine gives up a turn of the loop that read nothing, so there is one way to match nothing at most.
  return { ...ends, empty: node.min === 0 ? 1 : Math.min(1, ends.empty) }
}

/** `x{1,3}` as `x(x(x)?)?`. */
function speltOut({ part, min, max }: Node & { kind: 'repeat' }): Node {
  let optional = NOTHING
  for (let turn = min; turn < max; turn++)
    optional = { kind: 'either', parts: [NOTHING, { kind: 'all', parts: [part, optional] }] }
  return { kind: 'all', parts: [...Array.from({ length: min }, () => part), optional] }
}

const sumOf = (one: Ends, other: Ends): Ends => ({
  first: added(one.first, other.first, 1),
  last: added(one.last, other.last, 1),
  empty: one.empty + other.empty,
})

function joined(one: Ends, other: Ends, walk: Walk): Ends {
  connect(one.last, other.first, walk)
  return {
    first: added(one.first, other.first, one.empty),
    last: added(other.last, one.last, other.empty),
    empty: one.empty * other.empty,
  }
}

function connect(from: Map<number, number>, to: Map<number, number>, walk: Walk): void {
  for (const [place, ways] of from) walk.follow[place] = added(walk.follow[place]!, to, ways)
}

function added(one: Map<number, number>, other: Map<number, number>, times: number): Map<number, number> {
  const sum = new Map(one)
  if (times > 0) for (const [place, ways] of other) sum.set(place, (sum.get(place) ?? 0) + ways * times)
  return sum
}

/** Two readers start at one place, read the same text by different ways and are at one place again. */
function meetAgain({ follow }: Walk, mayReadTheSame: (one: number, other: number) => boolean): boolean {
  const seen = new Set<number>()
  const open: [number, number][] = []
  const step = (one: number, other: number): boolean => {
    for (const p of follow[one]!.keys())
      for (const q of follow[other]!.keys()) {
        if (p === q && one !== other) return true
        const pair = p * follow.length + q
        if (p === q || seen.has(pair) || !mayReadTheSame(p, q)) continue
        seen.add(pair)
        open.push([p, q])
      }
    return false
  }
  for (let place = 0; place < follow.length; place++) step(place, place)
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) if (step(...pair)) return true
  return false
}

const ALPHABET = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ...'éßłñ•–—’“”…²³°€\u00a0\u2009\ufefff中я',
]

function overlaps(atoms: string[], flags: string): (one: number, other: number) => boolean {
  const own = atoms.filter((atom) => [...atom].length === 1)
  const alphabet = [...new Set([...ALPHABET, ...own])]
  const readBy = new Map<string, Set<string>>()
  for (const atom of atoms)
    if (!readBy.has(atom)) {
      const pattern = new RegExp(`^(?:${atom})$`, flags.replace(/[gyd]/g, ''))
      readBy.set(atom, new Set(alphabet.filter((character) => pattern.test(character))))
    }
  return (one, other) => !readBy.get(atoms[one]!)!.isDisjointFrom(readBy.get(atoms[other]!)!)
}
