// What the database does for a page: which indexes it takes, and which large tables it reads whole.
import type { ScaleDatabase } from './database.ts'
import type { PageFigures } from './pages.ts'

/** A smaller table is read whole for good reason. */
const LARGE_ROWS_MIN = 2_000

export type Plan = { page: string; indexes: string[]; scanned: string[] }
type Node = { 'Node Type': string; 'Index Name'?: string; 'Relation Name'?: string; Plans?: Node[] }

export async function plansOf(
  { look, tenants }: ScaleDatabase,
  pages: readonly PageFigures[],
): Promise<Plan[]> {
  const sizes =
    await look`select relname as name, reltuples::int as rows from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
  const large = new Set(sizes.filter(({ rows }) => rows >= LARGE_ROWS_MIN).map(({ name }) => name as string))
  const plans: Plan[] = []
  for (const { name, statements } of pages) {
    const nodes: Node[] = []
    for (const { text, values } of statements) {
      const [explained] = await look.begin(async (sql) => {
        await sql`select set_config('role', 'openhouse_app', true), set_config('app.tenant_id', ${tenants[0] as string}, true), set_config('app.development_ids', '*', true)`
        return sql.unsafe(`explain (format json) ${text}`, values as never[])
      })
      nodes.push(
        ...nodesOf((explained as unknown as { 'QUERY PLAN': { Plan: Node }[] })['QUERY PLAN'][0]!.Plan),
      )
    }
    const unique = (names: (string | undefined)[]) =>
      [...new Set(names.filter((each) => each !== undefined))].sort()
    plans.push({
      page: name,
      indexes: unique(nodes.map((node) => node['Index Name'])),
      scanned: unique(
        nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']),
      ).filter((table) => large.has(table)),
    })
  }
  return plans
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]
