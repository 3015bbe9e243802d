// Finds the regular expressions of a source file: literals, and templates given to `new RegExp`.

export type FoundRegex = { line: number; source: string; flags: string }

/** Stands for an expression put into a template; what is put in is a pattern of its own, found at its own place. */
const PUT_IN = '\u0001'

/** A slash after one of these begins a pattern; after a name, a number or a bracket it divides. */
const BEFORE_A_PATTERN = /(?:^|[(,=:[!&|?{};>]|\breturn)\s*$/

export function regexesOf(text: string): FoundRegex[] {
  const found: FoundRegex[] = []
  for (let at = 0; at < text.length; at++) {
    const lineOf = () => text.slice(0, at).split('\n').length
    const rest = text.startsWith('//', at) ? '\n' : text.startsWith('/*', at) ? '*/' : null
    if (rest !== null) at = endOf(text, at + 2, rest)
    else if (text[at] === "'" || text[at] === '"') at = closing(text, at, text[at]!)
    else if (text[at] === '`') {
      const end = closing(text, at, '`')
      if (/new RegExp\(\s*$/.test(text.slice(Math.max(0, at - 40), at)))
        found.push({ line: lineOf(), source: ofTemplate(text.slice(at + 1, end)), flags: '' })
      at = end
    } else if (text[at] === '/' && BEFORE_A_PATTERN.test(text.slice(Math.max(0, at - 40), at))) {
      const end = closingOfPattern(text, at)
      const flags = text.slice(end + 1).match(/^[a-z]*/)![0]
      found.push({ line: lineOf(), source: text.slice(at + 1, end), flags })
      at = end + flags.length
    }
  }
  return found
}

function endOf(text: string, from: number, mark: string): number {
  const end = text.indexOf(mark, from)
  return end === -1 ? text.length : end + mark.length - 1
}

function closing(text: string, at: number, quote: string): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === quote) return end
  }
  return text.length
}

function closingOfPattern(text: string, at: number): number {
  let inClass = false
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === '[') inClass = true
    else if (text[end] === ']') inClass = false
    else if (text[end] === '/' && !inClass) return end
  }
  return text.length
}

const ofTemplate = (template: string): string =>
  template.replace(/\$\{[^}]*\}/g, PUT_IN).replaceAll('\\\\', '\\')
