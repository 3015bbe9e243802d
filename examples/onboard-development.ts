// Onboards a development end to end with the generated client: site, 75 homes, manuals, questions, gaps, webhook.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { dataOf, type OpenHouse, openHouse, type Schemas } from '../client/client.ts'
import { type Receiver, receiveWebhooks } from './webhook-receiver.ts'

const HOMES = 75
const MANUALS_MAX = 5
const JOB_MS_MAX = 300_000
const JOB_POLL_MS = 250
const EVENT_MS_MAX = 60_000
const HOUSE_TYPES = [
  { code: 'A1', name: 'Three-bed semi-detached', typical_bedrooms: 3 },
  { code: 'B1', name: 'Four-bed detached', typical_bedrooms: 4 },
  { code: 'C1', name: 'Two-bed terrace', typical_bedrooms: 2 },
]
const QUESTIONS = [
  'When are the bins collected?',
  'Where is the visitor parking?',
  'How do I set the temperature of the heat pump?',
  'How do I switch the heating to holiday mode?',
  'What should I do when the heat pump shows an error?',
  'How often does the cylinder have to be serviced?',
  'Which pressure should the heating system have?',
  'I smell gas in the kitchen',
  'Who lives in number 12?',
  'Which tree species stands by the eastern gate?',
]

export type Onboarding = {
  url: string
  key: string
  /** A folder with PDF files, of which the first five are uploaded. */
  manuals: string
  /** Where this program listens, and how OpenHouse reaches it. */
  receiver: { port: number; url: string }
  say(line: string): void
}

export type Onboarded = {
  homes: number
  documents: string[]
  answers: { question: string; answer: Schemas['Answer'] }[]
  answeredGap: { question: string; before: Schemas['Gap']['status']; after: Schemas['Gap']['status'] }
  events: string[]
}

export async function onboard({ url, key, manuals, receiver: at, say }: Onboarding): Promise<Onboarded> {
  const api = openHouse({ url, key })
  const receiver = receiveWebhooks(at.port)
  try {
    await subscribe(api, receiver, at.url || `http://localhost:${receiver.port}/`)
    const development = await addDevelopment(api)
    say(`added ${development.name}`)
    const homes = await importHomes(api, development.id)
    say(`imported ${homes} homes`)
    await recordFacts(api, development.id)
    const documents = await uploadManuals(api, development.id, manuals, say)
    const [unit] = (
      await dataOf(
        api.GET('/api/v1/units', { params: { query: { development_id: development.id, limit: 1 } } }),
      )
    ).data
    if (!unit) throw new Error('the import left no home')
    const answers: Onboarded['answers'] = []
    for (const question of QUESTIONS) {
      const answer = await dataOf(api.POST('/api/v1/questions', { body: { unit_id: unit.id, question } }))
      answers.push({ question, answer })
      say(`${question} → ${answer.stage}: ${answer.answer.slice(0, 100)}`)
    }
    const answeredGap = await answerFirstGap(api, development.id)
    say(`answered “${answeredGap.question}”`)
    const documentEvents = documents.length > 0 ? ['document.ready'] : []
    for (const type of ['import.finished', ...documentEvents, 'gap.opened']) {
      await receiver.waitFor(type, EVENT_MS_MAX)
      say(`received ${type}, signature verified`)
    }
    if (receiver.refused > 0) throw new Error(`${receiver.refused} deliveries were not signed by OpenHouse`)
    return { homes, documents, answers, answeredGap, events: receiver.events.map(({ type }) => type) }
  } finally {
    await receiver.stop()
  }
}

async function subscribe(api: OpenHouse, receiver: Receiver, url: string): Promise<void> {
  const events: Schemas['NewWebhook']['events'] = ['import.finished', 'document.ready', 'gap.opened']
  const { secret } = await dataOf(api.POST('/api/v1/webhooks', { body: { url, events } }))
  receiver.trust(secret)
}

/** The key makes it safe to run again after a lost connection: the first answer comes back. */
async function addDevelopment(api: OpenHouse): Promise<Schemas['Development']> {
  const name = `Mill Quarter ${new Date().toISOString().slice(0, 19)}`
  const development = await dataOf(
    api.POST('/api/v1/developments', {
      params: { header: { 'Idempotency-Key': `add ${name}`.replaceAll(' ', '-') } },
      body: {
        name,
        address_line: 'Mill Road',
        locality: 'Midleton',
        county: 'Cork',
        latitude: 51.914,
        longitude: -8.172,
      },
    }),
  )
  for (const type of HOUSE_TYPES)
    await dataOf(api.POST('/api/v1/house-types', { body: { development_id: development.id, ...type } }))
  return development
}

async function importHomes(api: OpenHouse, developmentId: string): Promise<number> {
  const rows = Array.from({ length: HOMES }, (_, index) => {
    const { code, typical_bedrooms } = HOUSE_TYPES[index % HOUSE_TYPES.length] ?? { code: '' }
    return `${index + 1},${index + 1} Mill Quarter,${code},${typical_bedrooms}`
  })
  const csv = ['Number,Address,House type,Bedrooms', ...rows].join('\n')
  const query = { development_id: developmentId, dry_run: 'false' as const, file_name: 'homes.csv' }
  const receipt = await dataOf(
    api.POST('/api/v1/units/import', {
      params: { query },
      body: new Blob([csv], { type: 'text/csv' }),
      bodySerializer: (file) => file,
      headers: { 'content-type': 'text/csv' },
    }),
  )
  await finished(api, receipt.job_id)
  const { id } = receipt
  const imported = await dataOf(api.GET('/api/v1/imports/{id}', { params: { path: { id } } }))
  if (imported.status !== 'imported') throw new Error(`the import is ${imported.status}: ${imported.notes}`)
  return imported.create_count
}

async function recordFacts(api: OpenHouse, developmentId: string): Promise<void> {
  const source = 'Residents’ handbook, page 3'
  const common = { development_id: developmentId, source, recorded_on: '2026-03-01' }
  for (const fact of [
    { topic: 'waste', key: 'waste.collection_day', label: 'Bin collection day', value: 'Tuesday' },
    {
      topic: 'parking',
      key: 'parking.visitors',
      label: 'Visitor parking',
      value: 'Eleven spaces at the gate',
    },
  ])
    await dataOf(api.POST('/api/v1/facts', { body: { ...common, ...fact } }))
}

/** Uploads at once, then waits for all: a job reads one document while the next arrives. */
async function uploadManuals(
  api: OpenHouse,
  developmentId: string,
  folder: string,
  say: (line: string) => void,
): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pdf')).sort()
  const receipts = await Promise.all(
    names.slice(0, MANUALS_MAX).map((name) =>
      dataOf(
        api.POST('/api/v1/documents', {
          params: { query: { development_id: developmentId, kind: 'manual', file_name: name } },
          body: Bun.file(join(folder, name)),
          bodySerializer: (file) => file,
          headers: { 'content-type': 'application/pdf' },
        }),
      ),
    ),
  )
  for (const { job_id } of receipts) await finished(api, job_id)
  say(`read ${receipts.length} manuals`)
  return receipts.map(({ id }) => id)
}

/** @throws Error when the job did not complete */
async function finished(api: OpenHouse, id: string): Promise<void> {
  const deadline = performance.now() + JOB_MS_MAX
  for (;;) {
    const job = await dataOf(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } }))
    if (job.state === 'completed') return
    if (job.state === 'cancelled' || job.state === 'discarded')
      throw new Error(`${job.kind} is ${job.state}: ${job.error_code}`)
    if (performance.now() > deadline) throw new Error(`${job.kind} is still ${job.state}`)
    await Bun.sleep(JOB_POLL_MS)
  }
}

async function answerFirstGap(api: OpenHouse, developmentId: string): Promise<Onboarded['answeredGap']> {
  const query = { development_id: developmentId, status: 'open' as const }
  const [gap] = (await dataOf(api.GET('/api/v1/gaps', { params: { query } }))).data
  if (!gap) throw new Error('every question was answered')
  const params = { path: { id: gap.id } }
  const receipt = await dataOf(
    api.POST('/api/v1/gaps/{id}/answer', { params, body: { answer: 'The office at the gate knows.' } }),
  )
  await finished(api, receipt.job_id)
  const { status } = await dataOf(api.GET('/api/v1/gaps/{id}', { params }))
  return { question: gap.question, before: gap.status, after: status }
}

if (import.meta.main) {
  const {
    OPENHOUSE_URL = 'http://localhost:3000',
    OPENHOUSE_KEY,
    RECEIVER_URL = '',
    RECEIVER_PORT,
  } = process.env
  const [manuals] = process.argv.slice(2)
  if (!OPENHOUSE_KEY || !manuals) {
    console.error('OPENHOUSE_KEY=oh_… bun examples/onboard-development.ts <folder of PDF files>')
    process.exit(64)
  }
  const receiver = { port: Number(RECEIVER_PORT ?? 0), url: RECEIVER_URL }
  await onboard({
    url: OPENHOUSE_URL,
    key: OPENHOUSE_KEY,
    manuals,
    receiver,
    say: (line) => console.log(line),
  })
}
