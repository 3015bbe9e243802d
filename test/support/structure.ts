// The structure of the source as data: how long things are, who imports whom, what nobody uses, what stands twice.
import ts from 'typescript-5'
import type { Source } from './source.ts'

export type Stretch = { path: string; name: string; line: number; lines: number }
type Imported = { from: string; names: string[]; isTypeOnly: boolean }

/** Several rules read the same thousand files, and parsing them takes seconds. */
const trees = new WeakMap<Source, ts.SourceFile>()

function parsed(source: Source): ts.SourceFile {
  const known = trees.get(source)
  if (known) return known
  const { path, text } = source
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
  trees.set(source, tree)
  return tree
}

function everyNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => everyNode(child, visit))
}

/** Every function with a body, and how many lines it takes. */
export function functionsOf(source: Source): Stretch[] {
  const file = parsed(source)
  const found: Stretch[] = []
  everyNode(file, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return
    const first = file.getLineAndCharacterOfPosition(node.getStart()).line
    const last = file.getLineAndCharacterOfPosition(node.end).line
    found.push({ path: source.path, name: nameOf(node), line: first + 1, lines: last - first + 1 })
  })
  return found
}

function nameOf(node: ts.Node): string {
  if ('name' in node && node.name) return (node.name as ts.Node).getText()
  const { parent } = node
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText()
  return ts.isCallExpression(parent) ? `a function given to ${parent.expression.getText().slice(0, 40)}` : ''
}

/** What a file imports, exports onward, or loads on demand: the file (from the root) and the names. `*` is all of it. */
export function namesImported(source: Source): Imported[] {
  const found: Imported[] = []
  everyNode(parsed(source), (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (!node.moduleSpecifier) return
      found.push({
        from: resolved(source.path, (node.moduleSpecifier as ts.StringLiteral).text),
        names: ts.isImportDeclaration(node) ? namesIn(node.importClause) : namesAgain(node.exportClause),
        isTypeOnly: isTypeOnly(node),
      })
    } else if (isLoadedOnDemand(node)) {
      found.push({
        from: resolved(source.path, node.text),
        names: ['*'],
        isTypeOnly: ts.isImportTypeNode(node.parent?.parent),
      })
    }
  })
  return found
}

const isLoadedOnDemand = (node: ts.Node): node is ts.StringLiteral =>
  ts.isStringLiteral(node) &&
  ((ts.isCallExpression(node.parent) && node.parent.expression.kind === ts.SyntaxKind.ImportKeyword) ||
    (ts.isLiteralTypeNode(node.parent) && ts.isImportTypeNode(node.parent.parent)))

function namesIn(clause: ts.ImportClause | undefined): string[] {
  const named = clause?.namedBindings
  if (!named) return clause?.name ? ['default'] : []
  return ts.isNamespaceImport(named)
    ? ['*']
    : named.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
}

const namesAgain = (clause: ts.NamedExportBindings | undefined): string[] =>
  clause && ts.isNamedExports(clause)
    ? clause.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
    : ['*']

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const named = node.importClause?.namedBindings
  if (node.importClause?.isTypeOnly) return true
  return Boolean(
    named &&
      ts.isNamedImports(named) &&
      named.elements.length > 0 &&
      named.elements.every((each) => each.isTypeOnly),
  )
}

function resolved(from: string, name: string): string {
  if (name.startsWith('#')) return name.slice(1)
  if (!name.startsWith('.')) return name
  return new URL(name, `file:///${from}`).pathname.slice(1)
}

/** The names that a file gives to others. */
export function namesExported(source: Source): string[] {
  const found: string[] = []
  for (const node of parsed(source).statements) {
    if (ts.isExportDeclaration(node) && !node.moduleSpecifier && node.exportClause)
      found.push(...(node.exportClause as ts.NamedExports).elements.map(({ name }) => name.text))
    const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue
    if (ts.isVariableStatement(node))
      found.push(...node.declarationList.declarations.flatMap(({ name }) => bindingNames(name)))
    else if ('name' in node && node.name) found.push((node.name as ts.Identifier).text)
  }
  return found
}

const bindingNames = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((each) => (ts.isBindingElement(each) ? bindingNames(each.name) : []))

/** `file: name` for everything that is exported from one of the files and imported by none of `all`. */
export function unusedExports(files: Source[], all: Source[]): string[] {
  const used = new Set<string>()
  for (const source of all)
    for (const { from, names } of namesImported(source)) for (const name of names) used.add(`${from} ${name}`)
  return files.flatMap((source) =>
    used.has(`${source.path} *`)
      ? []
      : namesExported(source)
          .filter((name) => !used.has(`${source.path} ${name}`))
          .map((name) => `${source.path}: ${name}`),
  )
}

/** Groups of files of which each reaches every other through imports (Tarjan's strongly connected components). */
export function importCircles(files: Source[], withTypes = false): string[][] {
  const edges = new Map(
    files.map((source) => [
      source.path,
      namesImported(source)
        .filter(({ isTypeOnly: isType }) => withTypes || !isType)
        .map(({ from }) => from),
    ]),
  )
  const order = new Map<string, { index: number; low: number; isOpen: boolean }>()
  const open: string[] = []
  const circles: string[][] = []
  const walk = (path: string) => {
    const mark = { index: order.size, low: order.size, isOpen: true }
    order.set(path, mark)
    open.push(path)
    for (const next of edges.get(path) ?? []) {
      if (!edges.has(next)) continue
      if (!order.has(next)) walk(next)
      const reached = order.get(next)
      if (reached?.isOpen) mark.low = Math.min(mark.low, reached.low)
    }
    if (mark.low !== mark.index) return
    const circle = open.splice(open.indexOf(path))
    for (const each of circle) (order.get(each) as typeof mark).isOpen = false
    if (circle.length > 1) circles.push(circle.sort())
  }
  for (const { path } of files) if (!order.has(path)) walk(path)
  return circles
}

const RUN_LINES = 6
/** A line that says something: not a bracket, a comment, an import or one name of a list of them. */
const says = (line: string) =>
  line.length > 3 && !/^(?:import\b|} from |\/\/|\*|\/\*|(?:type )?\w+,$)/.test(line)

/** Pairs of places in which six lines that say something follow each other to the letter, import lists apart. */
export function repeatedRuns(files: Source[]): [string, string][] {
  const places = new Map<string, string[]>()
  for (const { path, text } of files) {
    const lines = text
      .split('\n')
      .map((line, index) => ({ line: line.trim(), at: index + 1 }))
      .filter(({ line }) => says(line))
    for (let first = 0; first + RUN_LINES <= lines.length; first += 1) {
      const run = lines.slice(first, first + RUN_LINES)
      const key = run.map(({ line }) => line).join('\n')
      places.set(key, [...(places.get(key) ?? []), `${path}:${run[0]?.at}`])
    }
  }
  const pairs = new Map<string, [string, string]>()
  for (const at of places.values())
    for (const [index, one] of at.entries())
      for (const other of at.slice(index + 1)) {
        const key = `${one.replace(/:\d+$/, '')} ${other.replace(/:\d+$/, '')}`
        if (!pairs.has(key)) pairs.set(key, [one, other])
      }
  return [...pairs.values()]
}

/** `file: name` for what is exported, imported by none of `all`, and not used in its own file either. */
export function deadExports(files: Source[], all: Source[]): string[] {
  const textOf = new Map(files.map(({ path, text }) => [path, text]))
  return unusedExports(files, all).filter((each) => {
    const [path, name] = each.split(': ') as [string, string]
    return [...(textOf.get(path) ?? '').matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length < 2
  })
}
