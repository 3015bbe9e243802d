// The source tree as data, for the rules that hold it in shape.
import { readFileSync } from 'node:fs'

export type Source = { path: string; text: string }

const FOLDERS = ['src', 'views', 'db', 'jobs', 'public', 'bench', 'test', 'client', 'examples']

/** Written by `bun run client`, held in shape by the contract. */
const GENERATED = 'client/contract.ts'

/** Every TypeScript file of the project. */
export function sources(): Source[] {
  return FOLDERS.flatMap((folder) => [...new Bun.Glob(`${folder}/**/*.{ts,tsx}`).scanSync('.')])
    .filter((path) => path !== GENERATED)
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

const transpilers = { ts: new Bun.Transpiler({ loader: 'ts' }), tsx: new Bun.Transpiler({ loader: 'tsx' }) }

/** What a file imports at run time, as paths from the repository's root; packages keep their names. */
export function importsOf({ path, text }: Source): string[] {
  const transpiler = path.endsWith('.tsx') ? transpilers.tsx : transpilers.ts
  return transpiler
    .scanImports(text)
    .map((found) => found.path)
    .filter((name) => name !== 'react' && !name.startsWith('react/'))
    .map((name) => resolved(path, name))
}

function resolved(from: string, name: string): string {
  if (name.startsWith('#')) return name.slice(1)
  if (!name.startsWith('.')) return name
  return new URL(name, `file:///${from}`).pathname.slice(1)
}
