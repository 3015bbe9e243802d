// The peers, installed into a folder of their own: Express with EJS, and a production build of Next.js.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROWS_SQL } from './same-data.ts'

const PACKAGES = ['next@16', 'react@19', 'react-dom@19', 'express@5', 'ejs', 'postgres']
const INSTALL_MS_MAX = 120_000
const BUILD_MS_MAX = 180_000

/** Next.js wants what the house style does not. */
const EXPORT = 'export'

const CELLS = (open: string, close: string) =>
  ['number', 'address', 'code', 'bedrooms', 'area', 'handed_over', 'claimed']
    .map((name) => `<td>${open}home.${name}${close}</td>`)
    .join('')

const FILES: Record<string, string> = {
  'package.json': '{"private":true,"type":"module"}',
  'views/homes.ejs': `<!doctype html><html lang="en"><head><title>Homes</title></head><body><h1>Homes</h1><table><tbody>
<% for (const home of homes) { %><tr>${CELLS('<%= ', ' %>')}</tr><% } %></tbody></table></body></html>`,
  'express.mjs': `import express from 'express'
import postgres from 'postgres'
const sql = postgres(process.env.DATABASE_URL, { max: 10 })
const app = express()
app.set('view engine', 'ejs')
app.set('view cache', true)
app.get('/', async (_, response) => response.render('homes', { homes: await sql.unsafe(ROWS, [], { prepare: true }) }))
const ROWS = ${JSON.stringify(ROWS_SQL)}
const server = app.listen(0, () => console.log(server.address().port))`,
  'app/layout.jsx': `export const metadata = { title: 'Homes' }
${EXPORT} default function Layout({ children }) { return <html lang="en"><body>{children}</body></html> }`,
  'app/page.jsx': `import postgres from 'postgres'
export const dynamic = 'force-dynamic'
const sql = postgres(process.env.DATABASE_URL ?? 'postgres://localhost/none', { max: 10 })
const ROWS = ${JSON.stringify(ROWS_SQL)}
${EXPORT} default async function Page() {
  const homes = await sql.unsafe(ROWS, [], { prepare: true })
  return <main><h1>Homes</h1><table><tbody>{homes.map((home) => <tr key={home.id}>${CELLS('{', '}')}</tr>)}</tbody></table></main>
}`,
}

/** A sentence when a peer cannot be had, for the report. */
export type Peers = { folder: string; express: boolean; next: boolean; missing: string[] }

export async function installPeers(folder: string): Promise<Peers> {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const installed = await run(['bun', 'add', ...PACKAGES], folder, INSTALL_MS_MAX)
  if (!installed)
    return { folder, express: false, next: false, missing: ['The peers could not be installed in time.'] }
  const next = await run(['node', 'node_modules/next/dist/bin/next', 'build'], folder, BUILD_MS_MAX)
  return { folder, express: true, next, missing: next ? [] : ['Next.js could not be built in time.'] }
}

async function run(command: string[], cwd: string, timeoutMs: number): Promise<boolean> {
  const child = Bun.spawn(command, {
    cwd,
    stdout: 'ignore',
    stderr: 'ignore',
    timeout: timeoutMs,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CI: '1' },
  })
  return (await child.exited) === 0
}
