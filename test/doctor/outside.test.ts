// What the doctor says of the other systems: when they answer well, when they say no, and when nobody is there.
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import type { Config } from '#src/config.ts'
import { fileFindings } from '#src/doctor/files.ts'
import type { Finding } from '#src/doctor/finding.ts'
import { geocoderFindings, mailFindings, modelFindings, placesFindings } from '#src/doctor/outside.ts'
import {
  certificateFinding,
  certificateFindings,
  headerFindings,
  nameFindings,
  webFindings,
} from '#src/doctor/public-address.ts'
import { warnOfModels } from '#src/doctor.ts'
import { type Behaviour, type FaultyProvider, faultyProvider } from '../clients/faulty-provider.ts'
import { nominatimDouble } from '../support/doubles/nominatim.ts'
import { overpassDouble } from '../support/doubles/overpass.ts'
import { type Double, type Fault, startDouble } from '../support/doubles/peer.ts'
import { type S3Double, startS3Double } from '../support/doubles/s3.ts'
import { type SmtpDouble, smtpDouble } from '../support/doubles/smtp.ts'
import { prepareTestProcess } from '../support/process.ts'

setDefaultTimeout(60_000)

/** Nobody listens at the first port. */
const NOBODY = 'http://127.0.0.1:1'
const KEYS = {
  accessKeyId: '7d3f9a1c',
  secretAccessKey: 'b1946ac92492d234',
  region: 'eu-west-1',
  bucket: 'documents',
}

let provider: FaultyProvider
let smtp: SmtpDouble
let nominatim: Double
let overpass: Double
let google: Double
let store: S3Double
let publicStore: S3Double

beforeAll(async () => {
  provider = faultyProvider()
  smtp = await smtpDouble()
  nominatim = nominatimDouble([])
  overpass = overpassDouble(() => [])
  google = startDouble(() => Response.json({ status: 'REQUEST_DENIED', results: [] }))
  store = startS3Double(KEYS)
  publicStore = startS3Double(KEYS, { isPublic: true })
})
afterAll(async () => {
  for (const each of [provider, smtp, nominatim, overpass, google, store, publicStore]) await each.stop()
  prepareTestProcess({ OPENAI_API_KEY: '' })
})

const withSettings = (settings: Record<string, string>): Config => prepareTestProcess(settings)
const brief = (findings: Finding[]) => findings.map(({ check, outcome }) => `${check} ${outcome}`)

const there: Behaviour = {
  kind: 'status',
  status: 200,
  body: { id: 'm', object: 'model', created: 0, owned_by: 'x' },
}
const vector = (length: number): Behaviour => ({
  kind: 'embeddings',
  rows: () => [
    {
      object: 'embedding',
      index: 0,
      embedding: Buffer.from(new Float32Array(length).fill(0.1).buffer).toString('base64'),
    },
  ],
})
const refusal = (status: number, code: string): Behaviour => ({
  kind: 'status',
  status,
  body: { error: { message: code, code, type: code } },
})
const answer: Behaviour = { kind: 'answer', words: ['rea', 'dy'] }

test.each<[string, Behaviour[], string[]]>([
  [
    'a provider that does everything',
    [there, there, vector(512), answer],
    ['OPENAI_CHAT_MODEL ok', 'OPENAI_EMBEDDING_MODEL ok', 'OPENAI_BASE_URL ok'],
  ],
  ['a key that is refused', [refusal(401, 'invalid_api_key')], ['OPENAI_API_KEY failure']],
  ['a bill that was not paid', [refusal(429, 'insufficient_quota')], ['OPENAI_API_KEY failure']],
  ['a chat model that is not there', [refusal(404, 'model_not_found'), there], ['OPENAI_CHAT_MODEL failure']],
  [
    'vectors of another length',
    [there, there, vector(16), answer],
    ['OPENAI_CHAT_MODEL ok', 'OPENAI_EMBEDDING_DIMENSIONS failure', 'OPENAI_BASE_URL ok'],
  ],
  ['a page instead of an answer', [{ kind: 'html', status: 200 }], ['OPENAI_BASE_URL failure']],
  [
    'a stream that is no stream',
    [there, there, vector(512), { kind: 'html', status: 200 }],
    ['OPENAI_CHAT_MODEL ok', 'OPENAI_EMBEDDING_MODEL ok', 'OPENAI_BASE_URL failure'],
  ],
])('of the model: %s', async (_, behaviours, expected) => {
  provider.behaves(...behaviours)
  const config = withSettings({ OPENAI_API_KEY: 'sk-9f8e7d6c5b', OPENAI_BASE_URL: provider.url })
  const found = await modelFindings(config)
  expect(brief(found)).toEqual(expected)
  expect(JSON.stringify(found)).not.toContain('9f8e7d6c5b')
})

test('a provider that does not answer is not reachable, and the start goes on all the same', async () => {
  const config = withSettings({ OPENAI_API_KEY: 'sk-9f8e7d6c5b', OPENAI_BASE_URL: `${NOBODY}/v1` })
  expect(brief(await modelFindings(config))).toEqual(['OPENAI_BASE_URL not_reachable'])
  await warnOfModels(config)
})

test('without a key the doctor says what that means', async () => {
  const [found] = await modelFindings(withSettings({ OPENAI_API_KEY: '' }))
  expect(found).toMatchObject({ outcome: 'ok', says: expect.stringContaining('quoted from the documents') })
})

test('a mail server is greeted and signed in to, and gets no mail', async () => {
  const config = withSettings({ SMTP_URL: smtp.url, MAIL_FROM: 'app@openhouse.test' })
  expect(brief(await mailFindings(config))).toEqual(['SMTP_URL ok'])
  expect(smtp.commands().map((line) => line.slice(0, 4))).toEqual(expect.arrayContaining(['EHLO', 'AUTH']))
  expect(smtp.mails()).toEqual([])
  smtp.fails({ at: 'auth', does: { reply: '535 no' } })
  expect(brief(await mailFindings(config))).toEqual(['SMTP_URL failure'])
  const nobody = withSettings({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'app@openhouse.test' })
  expect(brief(await mailFindings(nobody))).toEqual(['SMTP_URL not_reachable'])
})

const denied: Fault = { kind: 'status', status: 403, body: 'blocked' }
const nonsense: Fault = { kind: 'json', body: { what: 1 } }

test.each<[string, Fault | null, string]>([
  ['well', null, 'ok'],
  ['with a refusal', denied, 'failure'],
  ['with nonsense', nonsense, 'failure'],
  ['that it is too much', { kind: 'status', status: 429 }, 'warning'],
  ['never', { kind: 'cut' }, 'not_reachable'],
])('maps that answer %s', async (_, fault, outcome) => {
  nominatim.fails(...(fault ? [fault] : []))
  overpass.fails(...(fault ? [fault] : []))
  const config = withSettings({
    ...{ GEOCODER: 'nominatim', NOMINATIM_URL: nominatim.origin, NOMINATIM_CONTACT: 'me@openhouse.test' },
    ...{ PLACES_PROVIDER: 'overpass', OVERPASS_URL: `${overpass.origin}/api/interpreter` },
  })
  expect((await geocoderFindings(config)).map((each) => each.outcome as string)).toEqual([outcome])
  expect((await placesFindings(config)).map((each) => each.outcome as string)).toEqual([outcome])
})

test('a refused key of Google is told with the API that it lacks', async () => {
  const config = withSettings({
    ...{ GEOCODER: 'google', GOOGLE_MAPS_API_KEY: 'AIzaSyB9f8e7d6c5', GOOGLE_GEOCODING_URL: google.origin },
  })
  const [found] = await geocoderFindings(config)
  expect(found).toMatchObject({ check: 'GOOGLE_MAPS_API_KEY', outcome: 'failure' })
  expect(found?.says).toContain('the Geocoding API')
})

const s3 = (endpoint: string, changed: Record<string, string> = {}) => ({
  STORAGE_S3_ENDPOINT: endpoint,
  STORAGE_S3_BUCKET: KEYS.bucket,
  STORAGE_S3_REGION: KEYS.region,
  STORAGE_S3_ACCESS_KEY_ID: KEYS.accessKeyId,
  STORAGE_S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  ...changed,
})

test('a private store takes a file, gives it to who is signed, and keeps nothing of the visit', async () => {
  expect(brief(await fileFindings(withSettings(s3(store.endpoint))))).toEqual([
    'STORAGE_S3_BUCKET ok',
    'STORAGE_S3_BUCKET ok',
    'STORAGE_S3_ENDPOINT ok',
  ])
  const pathsOf = (method: string) =>
    store.requests.filter((each) => each.method === method).map(({ path }) => path)
  expect(pathsOf('PUT')).toHaveLength(1)
  expect(pathsOf('DELETE')).toEqual(pathsOf('PUT'))
  expect(store.objects.size).toBe(0)
})

test('a public bucket is a failure', async () => {
  const found = await fileFindings(withSettings(s3(publicStore.endpoint)))
  expect(found[1]).toMatchObject({ outcome: 'failure', says: expect.stringContaining('is public') })
})

test.each([
  ['STORAGE_S3_ACCESS_KEY_ID', 'AKUNKNOWN', 'is not known to the store'],
  ['STORAGE_S3_SECRET_ACCESS_KEY', 'another secret', 'does not fit its key id'],
  ['STORAGE_S3_BUCKET', 'another', 'is not there'],
])('a wrong %s is told', async (check, wrong, says) => {
  const [found] = await fileFindings(withSettings(s3(store.endpoint, { [check]: wrong })))
  expect(found).toMatchObject({ check, outcome: 'failure', says: expect.stringContaining(says) })
})

test.each([
  ['AccessDenied', 'STORAGE_S3_ACCESS_KEY_ID'],
  ['RequestTimeTooSkewed', 'STORAGE_S3_ENDPOINT'],
])('a store that says %s is told by its setting', async (code, check) => {
  store.fail('PUT', { refuses: code })
  const [found] = await fileFindings(withSettings(s3(store.endpoint)))
  store.fail('PUT', null)
  expect(found).toMatchObject({ check, outcome: 'failure' })
})

test('a store that is not there is not reachable, and a folder is tried out as well', async () => {
  expect(brief(await fileFindings(withSettings(s3(NOBODY))))).toEqual(['STORAGE_S3_ENDPOINT not_reachable'])
  expect(brief(await fileFindings(withSettings({ STORAGE_S3_ENDPOINT: '' })))).toEqual(['files ok'])
})

const site = (more: Partial<Config> = {}): Config => ({
  ...withSettings({ PORT: '3999' }),
  ...{ publicUrl: 'https://app.openhouseai.ie', isLocal: false, isProduction: true },
  ...more,
})
const unknown = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })

test.each<[string, string[], string[]]>([
  [
    'all names',
    ['app.openhouseai.ie', 'openhouseai.ie', 'api.openhouseai.ie'],
    ['DNS ok', 'DNS ok', 'DNS ok'],
  ],
  ['the app’s name only', ['app.openhouseai.ie'], ['DNS ok', 'DNS warning', 'DNS warning']],
  ['other names only', ['cloudflare.com'], ['DNS failure', 'DNS warning', 'DNS warning']],
  ['no name at all', [], ['DNS not_reachable']],
])('name servers that know %s', async (_, known, expected) => {
  const lookUp = async (host: string) => {
    if (!known.includes(host)) throw unknown
  }
  expect(brief(await nameFindings(site(), lookUp))).toEqual(expected)
})

const HSTS = { 'strict-transport-security': 'max-age=63072000' }

test.each<[string, Partial<Config>, number, Record<string, string>, string[]]>([
  ['straight', {}, 200, HSTS, ['PUBLIC_URL ok', 'HSTS ok']],
  ['without HSTS', {}, 200, {}, ['PUBLIC_URL ok', 'HSTS warning']],
  [
    'through Cloudflare, unknown to us',
    {},
    200,
    { ...HSTS, 'cf-ray': '8a1' },
    ['PUBLIC_URL ok', 'TRUSTED_PROXY failure', 'HSTS ok'],
  ],
  [
    'through Cloudflare',
    { TRUSTED_PROXY: 'cloudflare' },
    200,
    { ...HSTS, 'cf-ray': '8a1' },
    ['PUBLIC_URL ok', 'HSTS ok'],
  ],
  [
    'past Cloudflare',
    { TRUSTED_PROXY: 'cloudflare' },
    200,
    HSTS,
    ['PUBLIC_URL ok', 'TRUSTED_PROXY warning', 'HSTS ok'],
  ],
  [
    'to somewhere else',
    {},
    301,
    { ...HSTS, location: 'https://www.openhouseai.ie/' },
    ['PUBLIC_URL failure', 'HSTS ok'],
  ],
  ['under another name', {}, 421, HSTS, ['PUBLIC_URL failure', 'HSTS ok']],
  ['to somebody else', {}, 404, HSTS, ['PUBLIC_URL failure', 'HSTS ok']],
])('an address that leads %s', (_, more, status, headers, expected) => {
  expect(brief(headerFindings(site(more), status, new Headers(headers)))).toEqual(expected)
})

test('certificates are told by their last day', () => {
  const now = new Date('2026-11-25T00:00:00Z')
  const at = (day: string) => certificateFinding(new Date(`${day}T12:00:00Z`), now).outcome as string
  expect(['2027-02-01', '2026-12-01', '2026-11-20'].map(at)).toEqual(['ok', 'warning', 'failure'])
})

test('an address where nobody answers is not reachable, never well', async () => {
  const nobody = site({ publicUrl: 'https://127.0.0.1:1' })
  expect(brief(await webFindings(nobody))).toEqual(['PUBLIC_URL not_reachable'])
  expect(brief(await certificateFindings(nobody))).toEqual(['certificate not_reachable'])
})
