// Grades the product's answers through its API: `bun bench/answers.ts [--explain]`, table in docs/answers.md.
import { cpus } from 'node:os'
import { startServer } from '../test/support/server.ts'
import { sharedPath } from '../test/support/shared.ts'
import { manualPath, uploadManual } from './answers/ask.ts'
import {
  measureAbstention,
  measureAcceptance,
  measureManuals,
  measureTruths,
  measureWordings,
  type Row,
} from './answers/measure.ts'
import { MANUALS } from './retrieval/manuals.ts'

const shared = sharedPath('')
if (!shared) process.exit(1)
const explain = process.argv.includes('--explain') ? (line: string) => console.log(line) : () => {}
const server = await startServer(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {})
try {
  const rows: Row[] = []
  rows.push(...(await measureAcceptance(server, shared, explain)))
  rows.push(...(await measureWordings(server, explain)))
  rows.push(...(await measureTruths(server, explain)))
  const manualOf = new Map<string, string>()
  const development = server.demo().homes[0]!.development_id
  for (const file of MANUALS)
    manualOf.set(await uploadManual(server, development, manualPath(shared, file)), file)
  rows.push(...(await measureManuals(server, shared, manualOf, explain)))
  rows.push(...(await measureAbstention(server, shared, explain)))
  console.log(
    `\n${cpus().length} × ${cpus()[0]?.model.trim()}\n\n| measure | questions | result |\n|---|---|---|`,
  )
  for (const { measure, questions, result } of rows) console.log(`| ${measure} | ${questions} | ${result} |`)
} finally {
  await server.kill('SIGTERM')
}
