// The page of the golden suite: adding, asking, removing, and what the test console hands over.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from '../../jobs/drills.ts'
import { form, withCookies } from '../../support/app.ts'
import { type BuilderApp, startBuilderApp } from '../../support/builder-app.ts'

let started: BuilderApp
let app: BuilderApp['app']
let look: BuilderApp['look']
let developer: string
let otherAdmin: string
let developmentId: string

beforeAll(async () => {
  started = await startBuilderApp({ withJobs: true })
  ;({ app, look, developer, foreign: otherAdmin, development: developmentId } = started)
})
afterAll(() => started.stop())
beforeEach(async () => {
  forgetLimits()
  await look`delete from golden_runs`
  await look`delete from golden_questions`
})

const url = (path: string) => `/developer/${path}?development=${developmentId}`
const page = async (path: string, cookie = developer) => {
  const response = await app.call(path, withCookies(cookie))
  return { status: response.status, html: await response.text() }
}
const send = (path: string, fields: Record<string, string>, cookie = developer) =>
  app.call(path, withCookies(cookie, form(fields)))
const EMPTY = { house_type: '', expects: 'answer', phrase: '', document_id: '', page: '' }
const UNANSWERABLE = 'Which tree species stands by the eastern gate?'

test('a question is added, asked with the others, and its failure shown with what was answered', async () => {
  const added = await send(url('golden'), { ...EMPTY, question: UNANSWERABLE, phrase: 'silver birch' })
  expect(added.status).toBe(303)
  expect((await page(url('golden'))).html).toContain('Says “silver birch”')
  expect((await send(url('golden-runs'), {})).status).toBe(303)
  await eventually('the run is over', async () => {
    const [row] = await look`select finished_at from golden_runs`
    return row?.finished_at !== null
  })
  const { html } = await page(url('golden'))
  expect(html).toContain('0 of 1')
  expect(html).toContain('Not as expected in the last run')
})

test('asking twice while a run is under way gives one run', async () => {
  await send(url('golden'), { ...EMPTY, question: UNANSWERABLE, expects: 'gap' })
  await Promise.all([send(url('golden-runs'), {}), send(url('golden-runs'), {})])
  const runs = await look`select id from golden_runs`
  const started =
    await look`select 1 from job_status where kind = 'run-golden' and payload->>'runId' in ${look(runs.map(({ id }) => id))}`
  expect(started.length).toBe(runs.length)
  await eventually('all runs are over', async () => {
    const [row] = await look`select count(*)::int as n from golden_runs where finished_at is null`
    return row?.n === 0
  })
})

test('a run asked for while the job of one that is over still ends is run too', async () => {
  await send(url('golden'), { ...EMPTY, question: UNANSWERABLE, expects: 'gap' })
  const over = async (runs: number) => {
    const [row] = await look`select count(*)::int as n from golden_runs where finished_at is not null`
    return row?.n === runs
  }
  await send(url('golden-runs'), {})
  await eventually('the first is over', () => over(1))
  const [run] = await look`select id from golden_runs`
  const ofRun = look`kind = 'run-golden' and payload->>'runId' = ${run?.id}`
  await eventually('and its job', async () => {
    const [job] = await look`select state from job_status where ${ofRun}`
    return job?.state === 'completed'
  })
  await look`update job_status set state = 'running', lease_owner = '9.9.9.9', finalized_at = null,
    lease_expires_at = now() + interval '1 minute' where ${ofRun}`
  await send(url('golden-runs'), {})
  await eventually('the second is over', () => over(2))
  await look`delete from job_status where ${ofRun}`
})

test('what is wrong with the form is said beside the field, and nothing typed is lost', async () => {
  const refused = await send(url('golden'), { ...EMPTY, question: UNANSWERABLE, page: 'twelve' })
  expect(refused.status).toBe(422)
  const html = await refused.text()
  expect(html).toContain(UNANSWERABLE)
  expect(html).toContain('Give a phrase, choose a document, or both.')
})

test('an answer of the test console is kept with the page it cites, and passes', async () => {
  const home = app.demo.homes.find(({ tenant }) => tenant === 'longview-estates')!
  const tried = await send(url('test-console'), {
    unit_id: home.unit_id,
    question: 'How often should the heat pump be serviced?',
  })
  const html = await tried.text()
  expect(html).toContain('Keep as a golden question')
  const fields = Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([a-z_]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  )
  expect((await send(url('golden'), fields)).status).toBe(303)
  await send(url('golden-runs'), {})
  await eventually('the run is over', async () => {
    const [row] = await look`select passed from golden_runs`
    return row?.passed === 1
  })
})

test('another builder finds neither the question nor the run', async () => {
  await send(url('golden'), { ...EMPTY, question: UNANSWERABLE, expects: 'gap' })
  const [question] = await look`select id from golden_questions`
  for (const id of [question?.id, Bun.randomUUIDv7()]) {
    expect((await send(`/developer/golden/${id}/removal`, {}, otherAdmin)).status).toBe(404)
    expect(
      (await send(`/developer/golden-runs/${id}/decision`, { decision: 'accepted' }, otherAdmin)).status,
    ).toBe(404)
  }
  expect((await page(url('golden'), otherAdmin)).html).not.toContain(UNANSWERABLE)
  expect((await send(`/developer/golden/${question?.id}/removal`, {})).status).toBe(303)
  expect((await look`select 1 from golden_questions`).length).toBe(0)
})
