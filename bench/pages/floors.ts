// The floors: the same answers by the least that can answer. `bun bench/pages/floors.ts serve|elysia|rows`, prints its port.
import { Elysia } from 'elysia'
import postgres from 'postgres'
import { ROWS_SQL, type Row } from './same-data.ts'

/** As long as the analytics of thirty days. */
const figures = {
  development_id: null,
  from: '2026-10-26',
  to: '2026-11-24',
  totals: { questions: 120, answered: 100, gaps: 20, conversations: 30, document_opens: 9, claims: 2 },
  days: Array.from({ length: 30 }, (_, day) => ({
    day: `2026-11-${String(day + 1).padStart(2, '0')}`,
    questions: 4,
    answered: 3,
    gaps: 1,
    conversations: 1,
    document_opens: 0,
    claims: 0,
    active_homes: 2,
  })),
}

const kind = process.argv[2]
if (kind === 'serve') announce(Bun.serve({ port: 0, fetch: () => Response.json(figures) }).port)
if (kind === 'elysia') announce(new Elysia().get('/', () => figures).listen(0).server?.port)
if (kind === 'rows') {
  const sql = postgres(process.env.DATABASE_URL ?? '', { max: 10 })
  const type = { 'content-type': 'text/html; charset=utf-8' }
  announce(
    Bun.serve({
      port: 0,
      fetch: async () =>
        new Response(page(await sql.unsafe<Row[]>(ROWS_SQL, [], { prepare: true })), { headers: type }),
    }).port,
  )
}

function announce(port: number | undefined): void {
  console.log(port)
}

function page(rows: readonly Row[]): string {
  return `<!doctype html><html lang="en"><head><title>Homes</title></head><body><h1>Homes</h1><table><tbody>${rows.map(row).join('')}</tbody></table></body></html>`
}

function row(home: Row): string {
  return `<tr><td><a href="/homes/${home.id}">${safe(home.number)}</a><br>${safe(home.address)}</td><td>${safe(home.code)}</td><td>${home.bedrooms ?? ''}</td><td>${home.area ?? ''} m²</td><td>${home.handed_over ?? ''}</td><td>${home.claimed ?? ''}</td></tr>`
}

function safe(text: string): string {
  return Bun.escapeHTML(text)
}
