// Versions, deprecation, deletion, re-reading and re-indexing through the API.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { systemScope } from '#src/access/system-scope.ts'
import { forgetModels } from '#src/clients/models.ts'
import { ingestVersion } from '#src/documents/ingestion.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { contextOf } from '../../support/ingested.ts'
import { prepareTestProcess } from '../../support/process.ts'
import {
  type Answered,
  type ApiTest,
  expectError,
  expectItem,
  expectPaged,
  expectStrangersRefused,
  jsonBody,
  makePdf,
  openApi,
  pdfBody,
} from './client.ts'

let api: ApiTest
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const tenantOf = async (documentId: string) =>
  (await api.look`select tenant_id from documents where id = ${documentId}`)[0]?.tenant_id as string

async function ingest(documentId: string, versionId: string): Promise<void> {
  const scope = systemScope(await tenantOf(documentId), 'test')
  expect((await ingestVersion(scope, versionId, contextOf(scope))).outcome).toBe('ready')
}

/** A ready document of the first tenant, or of the other one. */
async function ready(home = api.mine, key = api.keys.mine): Promise<{ id: string; versionId: string }> {
  const sent = await api.post(
    `documents?development_id=${home.development_id}`,
    pdfBody(await makePdf()),
    key,
  )
  const [version] = await api.look`select id from document_versions where document_id = ${sent.body.id}`
  await ingest(sent.body.id, version?.id)
  return { id: sent.body.id, versionId: version?.id }
}

const versionsOf = (id: string) => `documents/${id}/versions`
const remove = (path: string, key = api.keys.mine): Promise<Answered> =>
  api.call(path, { method: 'DELETE', headers: { authorization: `Bearer ${key}` } })
const patch = (path: string, body: unknown): Promise<Answered> =>
  api.call(path, {
    method: 'PATCH',
    ...jsonBody(body),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${api.keys.mine}` },
  })

test('strangers and keys without the scope can do nothing with a document', async () => {
  const { id, versionId } = await ready()
  const pdf = pdfBody(await makePdf())
  const reader = await api.keyWith(['documents:read', 'developments:read'])
  const writing: [string, string][] = [
    ['POST', versionsOf(id)],
    ['POST', `${versionsOf(id)}/${versionId}/publication`],
    ['POST', `documents/${id}/reingestion`],
    ['POST', `documents/${id}/deprecation`],
    ['DELETE', `documents/${id}/deprecation`],
    ['DELETE', `documents/${id}`],
    ['POST', `developments/${api.mine.development_id}/reindex`],
  ]
  for (const [method, path] of writing) {
    const init = path === versionsOf(id) ? { method, ...pdf } : { method }
    await expectStrangersRefused(api, path, init)
    const headers = { ...(init as RequestInit).headers, authorization: `Bearer ${reader}` }
    expectError(await api.call(path, { ...init, headers }), 403, 'scope_missing')
  }
  await expectStrangersRefused(api, versionsOf(id))
  expect((await api.get(`documents/${id}`)).body).toMatchObject({ version: 1, live_version: 1 })
})

test('a foreign document answers like one of nobody, whatever is asked of it', async () => {
  const foreign = await ready(api.theirs, api.keys.theirs)
  const mine = await ready()
  const asked = async (method: string, path: string) => {
    const init = path.endsWith('/versions') && method === 'POST' ? pdfBody(await makePdf()) : {}
    const answered = await api.call(path, {
      ...init,
      method,
      headers: { ...(init as RequestInit).headers, authorization: `Bearer ${api.keys.mine}` },
    })
    return [answered.status, answered.body.error.code, answered.body.error.message]
  }
  const nobody = crypto.randomUUID()
  for (const [method, path] of [
    ['POST', (id: string) => versionsOf(id)],
    ['GET', (id: string) => versionsOf(id)],
    ['GET', (id: string) => `${versionsOf(id)}/${foreign.versionId}`],
    ['POST', (id: string) => `${versionsOf(id)}/${foreign.versionId}/publication`],
    ['POST', (id: string) => `documents/${id}/reingestion`],
    ['POST', (id: string) => `documents/${id}/deprecation`],
    ['DELETE', (id: string) => `documents/${id}/deprecation`],
    ['DELETE', (id: string) => `documents/${id}`],
  ] as const) {
    const hidden = await asked(method, path(foreign.id))
    expect(hidden.slice(0, 2)).toEqual([404, 'not_found'])
    expect(hidden).toEqual(await asked(method, path(nobody)))
  }
  expectError(await api.post(`${versionsOf(mine.id)}/${foreign.versionId}/publication`, {}), 404, 'not_found')
  expect((await api.get(`documents/${foreign.id}`, api.keys.theirs)).body.live_version).toBe(1)
})

test('a version is uploaded, noted, superseding, rolled back and listed', async () => {
  const { id, versionId } = await ready()
  const body = await makePdf()
  const sent = await api.post(`${versionsOf(id)}?notes=New%20boiler&file_name=rev%20B.pdf`, pdfBody(body))
  expect(sent).toMatchObject({
    status: 202,
    body: { document_id: id, number: 2, status: 'queued', is_live: false },
  })
  expect((await api.get(`documents/${id}`)).body).toMatchObject({
    version: 2,
    live_version: 1,
    status: 'queued',
  })
  const early = await api.post(`${versionsOf(id)}/${sent.body.id}/publication`, {})
  expectError(early, 409, 'version_not_ready')
  await ingest(id, sent.body.id)
  expect((await api.get(`documents/${id}`)).body).toMatchObject({
    version: 2,
    live_version: 2,
    status: 'ready',
  })
  const again = await api.post(versionsOf(id), pdfBody(body))
  expect(again).toMatchObject({ status: 200, body: { id: sent.body.id, duplicate: true, is_live: true } })
  const back = await api.post(`${versionsOf(id)}/${versionId}/publication`, {})
  expect(back).toMatchObject({ status: 200, body: { id: versionId, number: 1, is_live: true } })
  expect((await api.get(`documents/${id}`)).body).toMatchObject({ version: 1, live_version: 1 })
  const noted = await patch(`${versionsOf(id)}/${sent.body.id}`, { notes: ' Wrong boiler ' })
  expect(noted).toMatchObject({ status: 200, body: { notes: 'Wrong boiler' } })
  expectError(await patch(`${versionsOf(id)}/${sent.body.id}`, { notes: 'x'.repeat(2_001) }), 422, 'invalid')
  expectError(await patch(`${versionsOf(id)}/${sent.body.id}`, { note: 'x' }), 422, 'invalid')
  const third = await api.post(versionsOf(id), pdfBody(await makePdf()))
  const foreign = await ready(api.theirs, api.keys.theirs)
  await expectItem(api, versionsOf(id), third.body.id, foreign.versionId)
  await expectPaged(api, versionsOf(id), 'documents')
})

test('the bytes of another document for the same homes are refused with its title', async () => {
  const one = await ready()
  const body = await makePdf()
  const to = `documents?development_id=${api.mine.development_id}&title=Boiler%20guide`
  expect((await api.post(to, pdfBody(body))).status).toBe(202)
  const refused = await api.post(versionsOf(one.id), pdfBody(body))
  expectError(refused, 409, 'duplicate_document')
  expect(refused.body.error.fields[0].message).toContain('Boiler guide')
  expectError(await api.post(versionsOf(one.id), pdfBody('nonsense')), 415, 'type_mismatch')
  expectError(await api.post(versionsOf(one.id), pdfBody('')), 422, 'file_empty')
})

test('deprecating and restoring are told by the document, and may be repeated', async () => {
  const { id } = await ready()
  for (const _ of [1, 2]) {
    const answered = await api.post(`documents/${id}/deprecation`, {})
    expect(answered.status).toBe(200)
    expect(answered.body.deprecated_at).toMatch(/^\d{4}-/)
  }
  expect((await remove(`documents/${id}/deprecation`)).body.deprecated_at).toBeNull()
})

test('a document is read again as one job, and deleted for good', async () => {
  const { id } = await ready()
  const one = await api.post(`documents/${id}/reingestion`, {})
  expect(one.status).toBe(202)
  expect((await api.post(`documents/${id}/reingestion`, {})).body).toEqual(one.body)
  expect((await api.get(`jobs/${one.body.job_id}`)).body.kind).toBe('reingest-document')
  expect(await remove(`documents/${id}`)).toMatchObject({ status: 200, body: { id, deleted: true } })
  expectError(await api.get(`documents/${id}`), 404, 'not_found')
  expectError(await remove(`documents/${id}`), 404, 'not_found')
  expectError(await api.get(versionsOf(id)), 404, 'not_found')
})

test('a re-index says what it costs before it starts, and that it needs a model', async () => {
  const path = `developments/${api.mine.development_id}/reindex`
  expectError(await api.get(path), 409, 'embeddings_not_set_up')
  expectError(await api.post(path, {}), 409, 'embeddings_not_set_up')
  prepareTestProcess({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' })
  try {
    await ready()
    const estimate = await api.get(path)
    expect(estimate.body).toMatchObject({
      model: 'text-embedding-3-small',
      dimensions: 512,
      current_model: null,
      job_id: null,
    })
    expect(estimate.body.chunks_to_embed).toBeGreaterThan(0)
    expect(estimate.body.cost_eur).toBeGreaterThan(0)
    const started = await api.post(path, {})
    expect(started.status).toBe(202)
    expect((await api.get(path)).body.job_id).toBe(started.body.job_id)
    expectError(await api.get(`developments/${api.theirs.development_id}/reindex`), 404, 'not_found')
    expectError(await api.post(`developments/${api.theirs.development_id}/reindex`, {}), 404, 'not_found')
  } finally {
    prepareTestProcess({ OPENAI_API_KEY: '' })
    forgetModels()
  }
})
