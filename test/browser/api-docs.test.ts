// Swagger UI as a developer uses it: authorise with a key, try operations, all from our own server and without complaint.
import { expect } from 'bun:test'
import type { Page } from 'playwright-core'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest } from '../support/browser.ts'

/** The bundle is large, and a busy machine takes its time to draw eighty operations. */
const DRAWN_MS_MAX = 60_000

const browsed = browsedTests(90_000)

const opblock = (page: Page, operationId: string) => page.locator(`[id$="-${operationId}"].opblock`)

/** Opens an operation, fills in its parameters or body, runs it, and reads what came back. */
async function tryOut(
  page: Page,
  operationId: string,
  fill: { parameters?: Record<string, string>; body?: string } = {},
): Promise<{ status: string; body: string }> {
  const block = opblock(page, operationId)
  await block.locator('.opblock-summary').click()
  for (const [name, value] of Object.entries(fill.parameters ?? {}))
    await block.locator(`tr[data-param-name="${name}"] input`).fill(value)
  if (fill.body) await block.locator('textarea.body-param__text').fill(fill.body)
  await block.locator('button.execute').click()
  const live = block.locator('.live-responses-table .response')
  await live.waitFor()
  const status = (await live.locator('.response-col_status').textContent())?.match(/\d{3}/)?.[0] ?? ''
  const body = await live.locator('.response-col_description .highlight-code').first().textContent()
  await block.locator('.opblock-summary').click()
  return { status, body: body ?? '' }
}

browserTest('a developer authorises with a key and tries three operations', async () => {
  const page = await browsed.open({})
  page.setDefaultTimeout(DRAWN_MS_MAX)
  const elsewhere: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(browsed.app.url) && !url.startsWith('data:') && !url.startsWith('blob:'))
      elsewhere.push(url)
  })
  await page.goto('/docs')
  await opblock(page, 'listUnits').waitFor()
  const refused = await tryOut(page, 'listDevelopments')
  expect([refused.status, refused.body.includes('invalid_api_key')]).toEqual(['401', true])
  await page.locator('button.authorize').first().click()
  await page.locator('.auth-container input').fill(browsed.app.demo.api_keys[0]!.key)
  await page.locator('.auth-container button[type=submit]').click()
  await page.locator('.btn-done').click()
  const [home] = browsed.app.demo.homes
  const units = await tryOut(page, 'listUnits', { parameters: { limit: '2' } })
  expect([units.status, units.body.includes('"next_cursor"')]).toEqual(['200', true])
  const unit = await tryOut(page, 'getUnit', { parameters: { id: home!.unit_id } })
  expect([unit.status, unit.body.includes(home!.unit_id)]).toEqual(['200', true])
  const body = JSON.stringify({ unit_id: home!.unit_id, question: 'What heating do I have?' })
  const asked = await tryOut(page, 'askQuestion', { body })
  expect([asked.status, asked.body.includes('heat pump')]).toEqual(['200', true])
  expect(elsewhere).toEqual([])
  browsed.expectNoComplaints()
})

browserTest('the page says how each answer looks before anything is tried', async () => {
  const page = await browsed.open({})
  page.setDefaultTimeout(DRAWN_MS_MAX)
  await page.goto('/docs')
  const block = opblock(page, 'getUnit')
  await block.locator('.opblock-summary').click()
  const example = await block.locator('.responses-table .highlight-code').first().textContent()
  expect(example).toContain('"address_line": "1 Mill Quarter"')
  expect(await block.textContent()).toContain('Needs the scope units:read.')
  browsed.expectNoComplaints()
})
