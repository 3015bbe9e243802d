// Every snag that one person reported: whoever copies or erases must not stop at a page of them.
import type { Person } from '#db/person-data.ts'
import type { Db } from '#db/scope.ts'
import { snagsOfPerson } from '#db/snags.ts'

const SNAGS_A_READ = 500

export type ReportedSnag = Awaited<ReturnType<typeof snagsOfPerson>>[number]

export async function reportedSnags(
  person: Person,
  read: (work: (db: Db) => Promise<ReportedSnag[]>) => Promise<ReportedSnag[]>,
): Promise<ReportedSnag[]> {
  const all: ReportedSnag[] = []
  for (;;) {
    const after = all.at(-1)?.id ?? null
    const page = await read((db) => snagsOfPerson(db, person, { after, limit: SNAGS_A_READ }))
    all.push(...page)
    if (page.length < SNAGS_A_READ) return all
  }
}
