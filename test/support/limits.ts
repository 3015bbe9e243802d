// Every named limit of the product, as the rows of docs/limits.md: read from the source, so that none is left out.
import ts from 'typescript-5'
import type { Source } from './source.ts'

export type Limit = { name: string; value: string; path: string; what: string }

const NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/
/** Not limits: how many milliseconds a day has, and the invented estates. */
const UNITS = /^(?:SECOND|MINUTE|HOUR|DAY|WEEK|YEAR|KM|A_)[A-Z]*_(?:MS|S|M|DAYS)$/
const isLooked = (path: string) =>
  /^(?:src|db|jobs|views|public)\//.test(path) && !path.startsWith('src/demo/')

export function limitsOf(source: Source): Limit[] {
  // Most files have none, and parsing all of them takes seconds.
  if (!isLooked(source.path) || !/^(?:export )?const [A-Z][A-Z0-9]*_/m.test(source.text)) return []
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true)
  const head = /^\/\/ (.*)/.exec(source.text)?.[1] ?? ''
  return file.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const said = commentOf(source.text, statement)
    return statement.declarationList.declarations
      .filter(({ name }) => NAME.test(name.getText()) && !UNITS.test(name.getText()))
      .flatMap(({ name, initializer }) => numbersIn(name.getText(), initializer))
      .map(({ name, number }) => ({
        name,
        value: written(name, number),
        path: source.path,
        what: said || `(${head.replace(/\.$/, '')})`,
      }))
  })
}

/** What stands directly above, or behind on the same line, as one line. */
function commentOf(text: string, statement: ts.Statement): string {
  const above = ts.getLeadingCommentRanges(text, statement.getFullStart())?.at(-1)
  const behind = ts.getTrailingCommentRanges(text, statement.end)?.[0]
  const range = above && text.slice(above.end, statement.getStart()).split('\n').length === 2 ? above : behind
  if (!range || range.pos === 0) return ''
  return text
    .slice(range.pos, range.end)
    .replace(/^\/\*\*?|\*\/$/g, '')
    .replace(/^\s*(?:\/\/|\*)/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
}

type Named = { name: string; number: string }

function numbersIn(name: string, node: ts.Expression | undefined): Named[] {
  if (!node) return []
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return numbersIn(name, node.expression)
  if (ts.isObjectLiteralExpression(node))
    return node.properties
      .filter(ts.isPropertyAssignment)
      .flatMap((each) => numbersIn(`${name}.${each.name.getText()}`, each.initializer))
  return isNumber(node) ? [{ name, number: node.getText() }] : []
}

/** A number, or arithmetic on numbers and other named ones. */
function isNumber(node: ts.Expression): boolean {
  if (ts.isNumericLiteral(node)) return true
  if (ts.isParenthesizedExpression(node)) return isNumber(node.expression)
  if (ts.isPrefixUnaryExpression(node)) return isNumber(node.operand)
  if (!ts.isBinaryExpression(node)) return false
  const isPart = (side: ts.Expression) => isNumber(side) || (ts.isIdentifier(side) && NAME.test(side.text))
  return isPart(node.left) && isPart(node.right)
}

const SPANS: [name: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
]

/** The number as the code has it, with what it comes to where the name says its unit. */
function written(name: string, number: string): string {
  const counted = /^[\d_.]+(?: \* [\d_.]+)*$/.test(number)
    ? number.split(' * ').reduce((product, each) => product * Number(each.replaceAll('_', '')), 1)
    : null
  if (counted === null) return number
  const span = /_MS(?:_|\.|$)/.test(name) && SPANS.find(([, ms]) => counted >= ms && counted % ms === 0)
  if (span) return `${number} (${counted / span[1]} ${span[0]})`
  const isLarge = /BYTES/.test(name) && counted >= 1_000_000 && counted % 100_000 === 0
  return isLarge ? `${number} (${counted / 1_000_000} MB)` : number
}
