// Two validators that know nothing of us find no error in the published contract.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SwaggerParser from '@apidevtools/swagger-parser'
import { type ApiTest, openApi } from './client.ts'

let api: ApiTest
let folder: string
let file: string
beforeAll(async () => {
  api = await openApi()
  folder = await mkdtemp(join(tmpdir(), 'openhouse-contract-'))
  file = join(folder, 'openapi.json')
  const document = await (await api.app.call('/openapi.json')).json()
  // The server of a test is this machine, which a public contract may not name.
  await Bun.write(file, JSON.stringify({ ...document, servers: [{ url: 'https://app.openhouseai.ie' }] }))
})
afterAll(async () => {
  await api.stop()
  await rm(folder, { recursive: true })
})

test('swagger-parser finds the contract valid', async () => {
  const { paths } = await SwaggerParser.validate(file)
  expect(Object.keys(paths ?? {}).length).toBeGreaterThan(40)
})

test('redocly finds no error in the contract', async () => {
  const cli = join(import.meta.dir, '../../../node_modules/.bin/redocly')
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const run = Bun.spawn(['bun', cli, 'lint', file], { cwd: folder, env, stdout: 'pipe', stderr: 'pipe' })
  const [printed, told, code] = await Promise.all([
    new Response(run.stdout).text(),
    new Response(run.stderr).text(),
    run.exited,
  ])
  expect([code, code === 0 ? '' : printed + told]).toEqual([0, ''])
}, 60_000)
