// Imports as the job runs them: what is checked, what is confirmed, all rows or none, once.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import type postgres from 'postgres'
import { type Db, type Scope, within } from '#db/scope.ts'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { decryptAccessCode } from '#src/access/access-codes.ts'
import { type Config, config } from '#src/config.ts'
import { runImport } from '#src/imports/run.ts'
import { confirmImport, isSettled, openReport, startImport } from '#src/imports.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openLongview } from '../support/longview.ts'
import { prepareTestProcess } from '../support/process.ts'
import { text } from './files.ts'

setDefaultTimeout(60_000)

let database: TestDatabase
let settings: Config
let look: postgres.Sql
let scope: Scope
let developmentId: string
beforeAll(async () => {
  database = await createTestDatabase()
  settings = prepareTestProcess({
    ...{
      GEOCODER: 'nominatim',
      NOMINATIM_URL: 'http://127.0.0.1:9',
      NOMINATIM_CONTACT: 'maps@homes.example',
    },
    ...{ DATABASE_URL: database.url, JOB_THREADS: '1' },
  })
  const estate = await openLongview(database)
  look = estate.look
  scope = estate.scope
  developmentId = estate.development.id
})
afterAll(async () => {
  prepareTestProcess({ GEOCODER: 'none' })
  await look.end()
  await database.drop()
})
beforeEach(async () => {
  await look`truncate job_status, job_attempts, imports, import_rows`
  await look`delete from units where number like '9%' and length(number) = 3`
})

/** The job, without its thread: the same function, in transactions of the same scope. */
const context = {
  progress: () => {},
  fenced: <T>(work: (db: Db) => Promise<T>) => within(scope, work),
}
const run = (id: string) => runImport(scope, id, context)
const start = async (content: string, isDryRun = true) => {
  const { importId } = await startImport(
    scope,
    { developmentId, fileName: 'homes.csv', isDryRun },
    text(content),
  )
  return importId
}
const report = async (id: string) => {
  const { import: row, report: page } = await openReport(scope, id, { limit: 100 })
  return { ...row, rows: page.rows, actions: page.rows.map((each) => each.action) }
}
const check = async (content: string, isDryRun = true) => {
  const id = await start(content, isDryRun)
  await run(id)
  return report(id)
}
const confirmAndRun = async (id: string) => {
  await confirmImport(scope, id)
  await run(id)
  return report(id)
}
const unit = async (number: string) =>
  (await look`select * from units where development_id = ${developmentId} and number = ${number}`)[0]
const namesIn = async (number: string) =>
  (
    await look`select full_name, email, position from purchasers where unit_id = ${(await unit(number))?.id} order by position`
  ).map((row) => [row.position, row.full_name, row.email])
const unitCount = async () =>
  (await look`select count(*)::int as count from units where development_id = ${developmentId}`)[0]?.count

const NEW =
  'Unit,Type,Eircode,Beds,Area,Handover,Purchaser 1,Purchaser 1 email,Purchaser 2\n901,bd-O1,T23 AC12,3,129.8,3/11/2026,Áine Daly,aine@home.example,Tom Daly\n902,BD02,,,,,,,\n'

test('a dry run reports every row and changes no home', async () => {
  const before = await unitCount()
  const checked = await check(NEW)
  expect([checked.status, checked.actions]).toEqual(['checked', ['create', 'create']])
  expect([checked.createCount, checked.updateCount, checked.errorCount]).toEqual([2, 0, 0])
  expect(checked.rows[0]?.changes.houseType).toEqual({ before: null, after: 'BD01' })
  expect(checked.rows[1]?.messages.join()).toContain('The address is made from the number: 902 Longview Park')
  expect(await unitCount()).toBe(before)
  const [kept] = await look`select content from imports where id = ${checked.id}`
  expect(kept?.content).toBe(null)
})

test('what was confirmed is imported once: homes with codes, households, a search for their position', async () => {
  const { id } = await check(NEW)
  const imported = await confirmAndRun(id)
  expect([imported.status, imported.failureCode]).toEqual(['imported', null])
  const made = await unit('901')
  expect(made).toMatchObject({
    ...{ eircode: 'T23AC12', bedrooms: 3, handed_over_on: new Date('2026-11-03'), claimed_at: null },
    public_id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
  })
  const code = decryptAccessCode(made?.access_code_encrypted, made?.id, config().encryptionKey)
  expect(code).toMatch(/^[A-Z]{2}-\d{3}-[A-Z0-9]{4}$/)
  expect(await namesIn('901')).toEqual([
    [1, 'Áine Daly', 'aine@home.example'],
    [2, 'Tom Daly', null],
  ])
  const searches = await look`select payload ->> 'unitId' as unit from job_status where kind = 'geocode-unit'`
  expect(searches.map((row) => row.unit).sort()).toEqual([made?.id, (await unit('902'))?.id].sort())
  const before = await unitCount()
  await run(id)
  expect(await unitCount()).toBe(before)
  const noted = await look`select action from activity_log where target_id = ${id} order by created_at, id`
  expect(noted.map((row) => row.action)).toEqual(['import.uploaded', 'import.confirmed', 'units.imported'])
  const [values] = await look`select count(values)::int as count from import_rows where import_id = ${id}`
  expect(values?.count).toBe(0)
})

test('the same list again changes nothing, and a corrected one only what differs', async () => {
  await confirmAndRun((await check(NEW)).id)
  const same = await check(NEW)
  expect([same.status, same.actions]).toEqual(['checked', ['unchanged', 'unchanged']])
  const before = await unit('901')
  const corrected = await check('Unit,Type,Eircode,Beds,Purchasers\nNo. 901,,,4,Áine Ní Dhálaigh\n')
  expect(corrected.rows[0]).toMatchObject({
    action: 'update',
    unitId: before?.id,
    changes: {
      bedrooms: { before: 3, after: 4 },
      purchasers: { before: ['Áine Daly (aine@home.example)', 'Tom Daly'], after: ['Áine Ní Dhálaigh'] },
    },
  })
  await confirmAndRun(corrected.id)
  expect(await unit('901')).toEqual({ ...before, bedrooms: 4 })
  expect(await namesIn('901')).toEqual([[1, 'Áine Ní Dhálaigh', null]])
})

test('whether a home is sold or let is read where a development has both, and refused where it has not', async () => {
  const list = 'Unit,Type,Sold or let\n903,BD01,To let\n904,BD02,Sale\n905,BD02,maybe\n'
  const ofSale = await check(list)
  expect(ofSale.actions).toEqual(['error', 'create', 'error'])
  expect(ofSale.rows[0]?.messages.join()).toContain('All homes of this development are for sale.')
  await look`update developments set tenure = 'mixed' where id = ${developmentId}`
  const ofBoth = await check(list)
  expect(ofBoth.actions).toEqual(['create', 'create', 'error'])
  expect(ofBoth.rows[2]?.messages.join()).toContain('is neither “sale” nor “rent”')
  await confirmAndRun((await check('Unit,Type,Tenure\n903,BD01,rented\n')).id)
  expect((await unit('903'))?.tenure).toBe('rent')
  const sold = await check('Unit,Tenure\n903,sold\n')
  expect(sold.rows[0]?.changes).toEqual({ tenure: { before: 'rent', after: 'sale' } })
  await confirmAndRun(sold.id)
  expect((await unit('903'))?.tenure).toBe('sale')
  await look`update developments set tenure = 'sale' where id = ${developmentId}`
})

test('the phase of a home is read in the builder’s words, with and without the word itself', async () => {
  await confirmAndRun((await check('Unit,Type,Phase\n906,BD01,Phase 2\n907,BD02,2b\n')).id)
  expect([(await unit('906'))?.phase, (await unit('907'))?.phase]).toEqual(['2', '2b'])
  const bad = await check(`Unit,Phase\n906,phase\n907,${'x'.repeat(41)}\n`)
  expect(bad.actions).toEqual(['error', 'error'])
  expect(bad.rows[1]?.messages.join()).toContain('is longer than 40 characters')
  expect((await check('Unit,Phase\n906,2\n')).actions).toEqual(['unchanged'])
})

test('one wrong row, and nothing is imported, also without a dry run', async () => {
  const before = await unitCount()
  const refused = await check('Unit,Type\n901,BD01\n902,XX99\n', false)
  expect([refused.status, refused.failureCode, refused.actions]).toEqual([
    ...['refused', 'rows_invalid'],
    ['create', 'error'],
  ] as never)
  expect(refused.rows[1]?.messages.join()).toContain('“XX99” is not a house type of this development (')
  expect(await unitCount()).toBe(before)
  await expect(confirmImport(scope, refused.id)).rejects.toThrow('import_not_waiting')
})

test('without a dry run a list without errors is imported at once', async () => {
  const imported = await check('Unit,Type\n901,BD01\n', false)
  expect([imported.status, (await unit('901'))?.number]).toEqual(['imported', '901'])
})

test('a file that is no list is refused with a sentence, and forgotten', async () => {
  const refused = await check('Dear all,\nplease find attached\n')
  expect([refused.status, refused.failureCode]).toEqual(['refused', 'no_headings'])
  expect(refused.notes.join()).toContain('No row of headings was found')
})

test('homes that changed after the report make a new report, not a surprise', async () => {
  const { id } = await check('Unit,Type,Beds\n901,BD01,3\n')
  await confirmAndRun((await check('Unit,Type,Beds\n901,BD01,2\n')).id)
  const again = await confirmAndRun(id)
  expect([again.status, again.actions, again.notes.length]).toEqual(['checked', ['update'], 1])
  expect((await unit('901'))?.bedrooms).toBe(2)
  expect((await confirmAndRun(id)).status).toBe('imported')
  expect((await unit('901'))?.bedrooms).toBe(3)
})

test('a list does not say whose home it is once its app is in use, nor what house type it is', async () => {
  await confirmAndRun((await check(NEW)).id)
  await look`update units set claimed_at = now() where number = '901' and development_id = ${developmentId}`
  const refused = await check('Unit,Type,Purchaser\n901,BD03,Somebody Else\n')
  expect(refused.rows[0]?.messages).toEqual([
    expect.stringContaining('is in use as BD01. Correct its house type on the home’s own page'),
    expect.stringContaining('is in use by its purchasers'),
  ])
  const allowed = await check('Unit,Beds\n901,5\n')
  expect(allowed.actions).toEqual(['update'])
})

test('a changed address makes a found position void and is looked up again', async () => {
  await confirmAndRun((await check(NEW)).id)
  await look`update units set latitude = 51.9, longitude = -8.4, location_source = 'geocoded', geocoded_at = now() where number = '901'`
  await look`truncate job_status, job_attempts`
  await confirmAndRun(
    (
      await check(
        'Unit,Address\n901,901 The Green, Longview Park\n'
          .replace('901 The Green, L', '"901 The Green, L')
          .replace('Park\n', 'Park"\n'),
      )
    ).id,
  )
  expect((await unit('901'))?.latitude).toBe(null)
  const searches = await look`select kind from job_status where kind = 'geocode-unit'`
  expect(searches.length).toBe(1)
})

test('two imports of the same new home at once make one home', async () => {
  const ids = [await start('Unit,Type\n901,BD01\n', false), await start('Unit,Type\n901,BD01\n', false)]
  await Promise.all(ids.map(run))
  const rows = await look`select id from units where development_id = ${developmentId} and number = '901'`
  expect(rows.length).toBe(1)
  const done = await Promise.all(ids.map(report))
  expect(done.map((each) => each.actions[0]).sort()).toEqual(['create', 'unchanged'])
})

test('a transaction that is lost on the way leaves nothing, and the next try does it all', async () => {
  const { id } = await check(NEW)
  await confirmImport(scope, id)
  const before = await unitCount()
  const losing = {
    ...context,
    fenced: <T>(work: (db: Db) => Promise<T>) =>
      within(scope, async (db) => {
        const done = await work(db)
        const [row] = await look`select status from imports where id = ${id}`
        if (row?.status === 'importing' && lost++ > 0) throw new Error('the connection is gone')
        return done
      }),
  }
  let lost = 0
  await expect(runImport(scope, id, losing)).rejects.toThrow('gone')
  expect(await unitCount()).toBe(before)
  await run(id)
  expect([(await report(id)).status, await unitCount()]).toEqual(['imported', before + 2])
})

test('real worker threads check, wait for the confirmation, and import a thousand homes', async () => {
  await look`delete from units where number like '9%' and length(number) >= 3`
  const rows = Array.from(
    { length: 1_000 },
    (_, i) => `9${String(i).padStart(4, '0')},BD01,3,Áine Daly,a${i}@home.example`,
  )
  const jobs: Jobs = await startJobs(settings, { cronTasks: [] })
  try {
    const id = await start(`Unit,Type,Beds,Purchaser,E-mail\n${rows.join('\n')}`)
    const settled = async () => {
      for (;;) {
        const found = await report(id)
        if (isSettled(found)) return found
        await Bun.sleep(50)
      }
    }
    expect(await settled()).toMatchObject({ status: 'checked', createCount: 1_000 })
    await confirmImport(scope, id)
    expect((await settled()).status).toBe('imported')
    const [made] = await look`select count(*)::int as count from units where number like '9____'`
    expect(made?.count).toBe(1_000)
  } finally {
    await jobs.stop(5_000)
    await look`delete from units where number like '9____'`
  }
})

test('an import whose job is given up on says that it failed', async () => {
  const id = await start(NEW)
  await look`update job_status set state = 'discarded', finalized_at = now() where kind = 'import-units'`
  expect(await report(id)).toMatchObject({ status: 'failed', failureCode: 'import_failed' })
})
