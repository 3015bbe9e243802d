// Coverage: which kinds of documents the homes of each house type have, and which they lack.

import { type CoverageRow, coverageOfDevelopment, openQuestionsByType } from '#db/coverage.ts'
import { developmentById } from '#db/developments.ts'
import type { DocumentKind } from '#db/document-kinds.ts'
import { type Scope, within } from '#db/scope.ts'
import { failure } from '../failure.ts'
import { keptRead } from '../kept-reads.ts'
import { kindMissed } from './lost-questions.ts'

/** What a home is expected to have; brochures and notices are missed by nobody. */
export const EXPECTED_KINDS = [
  'user_guide',
  'manual',
  'floor_plan',
  'elevation',
  'services_drawing',
  'specification',
  'warranty',
  'ber',
  'certificate',
] as const satisfies readonly DocumentKind[]

export type CoverageCell = {
  kind: DocumentKind
  documents: number
  homesWithOwn: number
  isGap: boolean
  /** Open questions of homes of this type that a document of this kind might have answered. */
  lostQuestions: number
}
export type CoverageLine = { code: string; name: string; homes: number; cells: CoverageCell[] }
export type Coverage = { lines: CoverageLine[]; gaps: number; cells: number }

/** @throws Failure `not_found` */
export async function readCoverage(scope: Scope, developmentId: string): Promise<Coverage> {
  return keptRead(scope, {
    name: 'coverage',
    parts: [developmentId],
    tables: ['developments', 'house_types', 'units', 'documents', 'document_house_types', 'gaps'],
    read: async () => {
      const [rows, questions] = await within(scope, async (db) => {
        const found = await Promise.all([
          coverageOfDevelopment(db, developmentId),
          openQuestionsByType(db, developmentId),
        ])
        if (found[0].length === 0 && !(await developmentById(db, developmentId))) throw failure('not_found')
        return found
      })
      const coverage = coverageOf(rows)
      countLost(coverage, questions)
      return coverage
    },
  })
}

/** Only of what is missing: a question that stayed open beside a document has another reason. */
function countLost(
  coverage: Coverage,
  questions: readonly { question: string; houseTypeCode: string }[],
): void {
  for (const { question, houseTypeCode } of questions) {
    const kind = kindMissed(question)
    const line = coverage.lines.find(({ code }) => code === houseTypeCode)
    const cell = line?.cells.find((each) => each.kind === kind && each.isGap)
    if (cell) cell.lostQuestions += 1
  }
}

/** Pure: the matrix of these rows. */
export function coverageOf(rows: readonly CoverageRow[]): Coverage {
  const lines = [...Map.groupBy(rows, (row) => row.houseTypeCode).values()].map(lineOf)
  const cells = lines.flatMap((line) => line.cells)
  return { lines, gaps: cells.filter(({ isGap }) => isGap).length, cells: cells.length }
}

function lineOf(rows: CoverageRow[]): CoverageLine {
  const [first] = rows as [CoverageRow]
  const cells = EXPECTED_KINDS.map((kind) => {
    const { documents = 0, homesWithOwn = 0 } = rows.find((row) => row.kind === kind) ?? {}
    // A document for every home of the type closes the gap; documents of single homes do when all have theirs.
    const isGap = documents === 0 && (homesWithOwn === 0 || homesWithOwn < first.homes)
    return { kind, documents, homesWithOwn, isGap, lostQuestions: 0 }
  })
  return { code: first.houseTypeCode, name: first.houseTypeName, homes: first.homes, cells }
}
