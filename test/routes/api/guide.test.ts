// The guide to the API is true: every command in it works against the demonstration, and its verification verifies.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ApiTest, makePdf, openApi } from './client.ts'

let api: ApiTest
let guide: string
let folder: string
beforeAll(async () => {
  api = await openApi()
  guide = await Bun.file(join(import.meta.dir, '../../../docs/api.md')).text()
  folder = await mkdtemp(join(tmpdir(), 'openhouse-guide-'))
})
afterAll(async () => {
  await api.stop()
  await rm(folder, { recursive: true })
})

const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text ?? '')

test('every command of the guide works, one after the other, as it stands there', async () => {
  await Bun.write(join(folder, 'manual.pdf'), await makePdf())
  const server = Bun.serve({
    port: 0,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url)
      const headers = new Headers(request.headers)
      headers.delete('host')
      const body = request.method === 'GET' ? null : await request.arrayBuffer()
      return api.app.call(pathname + search, { method: request.method, headers, body })
    },
  })
  const commands = blocks('sh')
  expect(commands.length).toBeGreaterThanOrEqual(12)
  const [exports, ...rest] = commands
  expect(exports).toContain('export BASE=')
  const script = [
    'set -euo pipefail',
    `export BASE=http://localhost:${server.port}/api/v1`,
    `export KEY=${api.keys.mine}`,
    ...rest.flatMap((command, index) => [`echo "[${index}]"`, command, 'echo']),
  ].join('\n')
  const run = Bun.spawn(['bash', '-c', script], { cwd: folder, stdout: 'pipe', stderr: 'pipe' })
  const [printed, complaint, code] = await Promise.all([
    new Response(run.stdout).text(),
    new Response(run.stderr).text(),
    run.exited,
  ])
  await server.stop(true)
  expect([code, complaint, code === 0 ? '' : printed]).toEqual([0, '', ''])
  for (const part of [
    '"scopes":',
    '"code":"A1"',
    '"kind":"import-units"',
    'Tuesday',
    '"stage":',
    '304',
    'whsec_',
  ])
    expect(printed).toContain(part)
}, 60_000)

test('the verification of the guide accepts our signature and nothing else', async () => {
  const [source] = blocks('ts')
  const file = join(folder, 'verify.ts')
  await Bun.write(file, source ?? '')
  const { isFromOpenHouse } = (await import(file)) as {
    isFromOpenHouse: (secret: string, header: string, body: string, nowS?: number) => boolean
  }
  const hash = createHmac('sha256', 'whsec_a').update('1000.{"id":1}').digest('hex')
  const header = `t=1000,v1=${hash}`
  expect(isFromOpenHouse('whsec_a', header, '{"id":1}', 1_100)).toBe(true)
  expect(isFromOpenHouse('whsec_b', header, '{"id":1}', 1_100)).toBe(false)
  expect(isFromOpenHouse('whsec_a', header, '{"id":2}', 1_100)).toBe(false)
  expect(isFromOpenHouse('whsec_a', header, '{"id":1}', 1_400)).toBe(false)
  expect(isFromOpenHouse('whsec_a', header.replace('1000', '1001'), '{"id":1}', 1_100)).toBe(false)
  for (const broken of ['', 't=,v1=', `v1=${hash}`, `t=1000,v1=${hash}0`])
    expect(isFromOpenHouse('whsec_a', broken, '{"id":1}', 1_100)).toBe(false)
})

test('the guide is a page of ours, with its headings to link to', async () => {
  const page = await api.app.call('/docs/guide', { headers: { accept: 'text/html' } })
  const html = await page.text()
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(html.match(/<h1/g)?.length).toBe(1)
  expect(html).toContain('id="sending-again-safely"')
  expect(html).toContain('<pre tabindex="0">')
  expect(html).not.toMatch(/<script(?! [^>]*src="\/assets\/)/)
})
