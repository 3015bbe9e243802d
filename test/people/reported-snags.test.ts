// What a person reported is copied and erased whole, however much it is.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import postgres from 'postgres'
import { type Db, within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { StoredFileMissing, storage } from '#src/clients/storage.ts'
import { erasePerson } from '#src/people/erasure.ts'
import { reportedSnags } from '#src/people/reported-snags.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

const SNAGS = 1_203

let app: TestApp
let look: postgres.Sql

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

test('of a person with more snags than are read at once all are found, and no picture outlives the person', async () => {
  const home = app.demo.homes.find(({ purchasers }) => purchasers.length > 0)!
  const [purchaser] = await look`select id, tenant_id from purchasers where unit_id = ${home.unit_id} limit 1`
  await look`insert into snags (id, tenant_id, development_id, unit_id, purchaser_id, room, category, description, photo_id)
    select uuidv7(), tenant_id, development_id, id, ${purchaser?.id}, 'Hall', 'other', 'A crack', gen_random_uuid()
    from units, generate_series(1, ${SNAGS}) where id = ${home.unit_id}`
  const [last] =
    await look`select id, photo_id from snags where unit_id = ${home.unit_id} order by id desc limit 1`
  const key = `${purchaser?.tenant_id}/${last?.id}/${last?.photo_id}`
  const path = `${process.env.DATA_DIR ?? '/tmp'}/last-${crypto.randomUUID()}`
  await Bun.write(path, 'a picture')
  await storage().store(key, path)
  const scope = systemScope(purchaser?.tenant_id, 'test')
  const person = { unitId: home.unit_id, purchaserId: purchaser?.id as string }
  const fenced = <T>(work: (db: Db) => Promise<T>) => within(scope, work)
  expect(await reportedSnags(person, fenced)).toHaveLength(SNAGS)
  await erasePerson(scope, crypto.randomUUID(), person, { progress: () => {}, fenced })
  expect(
    (await storage()
      .open(key)
      .catch((error) => error)) instanceof StoredFileMissing,
  ).toBe(true)
})
