// Reads the part of Cloudflare's filter language that our rules use; whatever it cannot read is a fault.

const FIELDS: Record<string, 'text' | 'yes or no'> = {
  'http.host': 'text',
  'http.request.method': 'text',
  'http.request.uri.path': 'text',
  'http.user_agent': 'text',
  'ip.src.country': 'text',
  ssl: 'yes or no',
  true: 'yes or no',
  false: 'yes or no',
}
const FUNCTIONS = new Set(['starts_with', 'ends_with'])
const OPERATORS = new Set(['eq', 'ne', 'contains'])
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|([a-z_][a-z0-9_.]*)|([(){},]))/iy
const EXPRESSION_CHARS_MAX = 4_096

/** What is wrong with it, or null. */
export function expressionFault(expression: string): string | null {
  if (expression.length > EXPRESSION_CHARS_MAX) return `longer than ${EXPRESSION_CHARS_MAX} characters`
  try {
    const tokens = tokensOf(expression)
    const rest = readOr(tokens)
    return rest.length > 0 ? `unexpected ${rest[0]}` : null
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(expression)
    if (!match) throw new SyntaxError(`cannot be read from ${expression.slice(from, from + 20).trim()}`)
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '')
  }
  return tokens
}

const readOr = (tokens: string[]) => readJoined(tokens, 'or', readAnd)
const readAnd = (tokens: string[]): string[] => readJoined(tokens, 'and', readNot)

function readJoined(tokens: string[], word: string, read: (tokens: string[]) => string[]): string[] {
  let rest = read(tokens)
  while (rest[0] === word) rest = read(rest.slice(1))
  return rest
}

function readNot(tokens: string[]): string[] {
  const [first, ...rest] = tokens
  if (first === 'not') return readNot(rest)
  if (first === '(') return expect(readOr(rest), ')')
  return readComparison(tokens)
}

function readComparison(tokens: string[]): string[] {
  const [first = 'the end', second, third = '', ...rest] = tokens
  if (FUNCTIONS.has(first)) {
    const [open, field = '', comma, value = '', close, ...after] = tokens.slice(1)
    if (open !== '(' || comma !== ',' || close !== ')')
      throw new SyntaxError(`${first} takes a field and a text`)
    if (FIELDS[field] !== 'text') throw new SyntaxError(`${field} is no field of text`)
    text(value)
    return after
  }
  const kind = FIELDS[first]
  if (!kind) throw new SyntaxError(`${first} is no field`)
  if (kind === 'yes or no') return tokens.slice(1)
  if (second === 'in') return third === '{' ? readSet(rest) : fail(`in wants {…}, not ${third}`)
  if (!second || !OPERATORS.has(second)) throw new SyntaxError(`${second ?? 'the end'} is no operator`)
  text(third)
  return rest
}

function readSet(tokens: string[]): string[] {
  const end = tokens.indexOf('}')
  if (end < 1) throw new SyntaxError('a set is empty or has no end')
  for (const value of tokens.slice(0, end)) text(value)
  return tokens.slice(end + 1)
}

function expect(tokens: string[], what: string): string[] {
  if (tokens[0] !== what) throw new SyntaxError(`${what} is missing`)
  return tokens.slice(1)
}

function text(value: string): void {
  if (!value.startsWith('"')) throw new SyntaxError(`${value || 'the end'} is no text in quotation marks`)
}

function fail(message: string): never {
  throw new SyntaxError(message)
}
