// The test console: which passages a typed question would be answered from, as one home finds them.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'
import { ingested, pdfOf } from '../../support/ingested.ts'
import { type Longview, openLongview } from '../../support/longview.ts'

let app: TestApp
let longview: Longview
let cookie: string

beforeAll(async () => {
  app = await startTestApp()
  longview = await openLongview(app.database)
  cookie = await signIn(app, app.demo.developers.find(({ tenant }) => tenant === 'longview-estates')!)
})
afterAll(async () => {
  await longview.look.end()
  await app.stop()
})
beforeEach(forgetLimits)

const ask = async (question: string): Promise<string> => {
  const home = app.demo.homes.find(({ tenant }) => tenant === 'longview-estates')!
  const path = `/developer/test-console?development=${longview.development.id}`
  const response = await app.call(path, withCookies(cookie, form({ unit_id: home.unit_id, question })))
  expect(response.status).toBe(200)
  const html = await response.text()
  return html.slice(html.indexOf('id="passages"'), html.indexOf('How the answer came about'))
}

test('the passages of a question are shown best first with their page, and which of them are used', async () => {
  const { scope, development } = longview
  const guide = await pdfOf(
    ['The garden tap is behind the shed.', 'Turn it clockwise to close it before a hard frost in winter.'],
    ['The garden gate has a latch on the inside, which is oiled once in a year.'],
  )
  const { documentId } = await ingested(scope, development.id, 'Garden guide', guide)
  const passages = await ask('Where is the garden tap?')
  const tap = passages.indexOf('The garden tap is behind the shed.')
  expect(tap).toBeGreaterThan(0)
  expect(passages).toContain(`/developer/documents/${documentId}/file#page=1`)
  expect(passages.slice(0, tap)).toContain('Used')
  expect(passages.indexOf('The garden gate')).toBeGreaterThan(tap)
  expect(passages).toMatch(/holds \d+\u00a0% of the question’s words/)
})

test('where no document fits that is said, and where none was looked into that as well', async () => {
  expect(await ask('Zyzzyva quokka xylophone?')).toContain('No passage of a document')
  expect(await ask('What heating do I have?')).toContain('Documents were not looked into')
})
