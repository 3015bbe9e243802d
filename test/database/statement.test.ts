// Statements that are put together once say what drizzle would say each time, in the transaction they are given.
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { insertMessageCitations } from '#db/document-passages.ts'
import { factsOfHome } from '#db/home-facts.ts'
import { conversations, facts, messages, ragLog, units } from '#db/schema/index.ts'
import { acrossTenants, type Db, mintScope, type Scope, within } from '#db/scope.ts'
import { type Given, statement } from '#db/statement.ts'
import { homeById } from '#db/units.ts'
import { platformScope } from '#src/access/system-scope.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Statement, statementsAndValuesOf } from '../support/statements.ts'

let database: TestDatabase
let first: Scope
let second: Scope
beforeAll(async () => {
  database = await createTestDatabase()
  const [one, other] = await acrossTenants(platformScope('test'), 'test', (db) =>
    db.execute<{ id: string }>(sql`select id from tenants order by slug`),
  )
  first = scopeOf(one!.id)
  second = scopeOf(other!.id)
})
afterAll(() => database.drop())

const scopeOf = (tenantId: string): Scope =>
  mintScope({
    tenantId,
    actor: { type: 'system', id: 'test' },
    requestId: 'test',
    developmentIds: 'all',
    readOnly: false,
  })

const sentBy = async (work: (db: Db) => PromiseLike<unknown>): Promise<Statement> => {
  const [sent] = await statementsAndValuesOf(() => within(first, async (db) => work(db)))
  return sent!
}

const unitsNumbered = (db: Db, number: Given<{ number: string }>['number'] | string) =>
  db
    .select({ id: units.id, number: units.number, claimedAt: units.claimedAt })
    .from(units)
    .where(and(eq(units.number, number), inArray(units.tenure, ['sale', 'rent'])))
    .orderBy(asc(units.id))
    .limit(5)

describe('a statement', () => {
  test('has the text and the values of the one that drizzle builds each time', async () => {
    const built = statement((db, given: Given<{ number: string }>) => unitsNumbered(db, given.number))
    const once = await sentBy((db) => built(db, { number: '4' }))
    expect(once).toEqual(await sentBy((db) => unitsNumbered(db, '4')))
    expect(await sentBy((db) => built(db, { number: '7' }))).toEqual(
      await sentBy((db) => unitsNumbered(db, '7')),
    )
  })

  test('is put together by the first call and not by those after it', async () => {
    let times = 0
    const built = statement((db, given: Given<{ number: string }>) => {
      times++
      return unitsNumbered(db, given.number)
    })
    expect(times).toBe(0)
    await within(first, (db) => built(db, { number: '1' }))
    const before = times
    await within(first, (db) => built(db, { number: '2' }))
    await within(second, (db) => built(db, { number: '2' }))
    expect(times).toBe(before)
  })

  test('gives rows as columns read them', async () => {
    const built = statement((db, given: Given<{ id: string }>) =>
      db.select({ at: units.createdAt, number: units.number }).from(units).where(eq(units.id, given.id)),
    )
    await within(first, async (db) => {
      const [unit] = await db.select({ id: units.id }).from(units).limit(1)
      const [row] = await built(db, { id: unit!.id })
      expect(row?.at).toBeInstanceOf(Date)
      expect(row?.number).toBeString()
    })
  })

  test('writes JSON, moments and lists as the column does, and null as nothing', async () => {
    const texts = statement((db, given: Given<{ details: unknown; at: Date | null; ids: string[] }>) =>
      db.execute<{ details: string | null; at: string | null; ids: string }>(sql`
        select ${sql.param(given.details, messages.details)}::text as details,
          ${sql.param(given.at, messages.answeredAt)}::text as at, ${sql.param(given.ids, ragLog.chunkIds)}::text as ids`),
    )
    const at = new Date('2026-03-04T05:06:07.089Z')
    const [some] = await within(first, (db) => texts(db, { details: { a: ['“', 1] }, at, ids: ['x', 'y'] }))
    expect(some).toEqual({ details: '{"a":["“",1]}', at: at.toISOString(), ids: '{"x","y"}' })
    const [none] = await within(first, (db) => texts(db, { details: null, at: null, ids: [] }))
    expect(none).toEqual({ details: null, at: null, ids: '{}' })
  })

  test('is refused when a value is missing, or when something in it would be another each time', async () => {
    const built = statement((db, given: Given<{ number: string }>) => unitsNumbered(db, given.number))
    expect(within(first, async (db) => built(db, {} as { number: string }))).rejects.toThrow('needs "number"')
    const withOwnId = statement((db, given: Given<{ unitId: string; title: string }>) =>
      db
        .insert(conversations)
        .values({ tenantId: first.tenantId, unitId: given.unitId, origin: 'api', title: given.title }),
    )
    const call = within(first, async (db) => withOwnId(db, { unitId: first.tenantId, title: '' }))
    expect(call).rejects.toThrow('what differs must be given')
  })

  test('sees the rows of the transaction it is given, also when two tenants run it at once', async () => {
    const ofAll = statement((db, given: Given<{ limit: number }>) =>
      db.select({ tenantId: units.tenantId }).from(units).limit(given.limit),
    )
    const asked = Array.from({ length: 20 }, (_, turn) => (turn % 2 ? first : second))
    const answers = await Promise.all(asked.map((scope) => within(scope, (db) => ofAll(db, { limit: 500 }))))
    answers.forEach((rows, turn) => {
      expect(rows.length).toBeGreaterThan(0)
      expect(new Set(rows.map(({ tenantId }) => tenantId))).toEqual(new Set([asked[turn]!.tenantId]))
    })
  })
})

describe('what a question reads', () => {
  test('of another tenant’s home is nothing', async () => {
    const [home] = await within(first, (db) =>
      db
        .select({ unitId: units.id, developmentId: units.developmentId, houseTypeId: units.houseTypeId })
        .from(units)
        .innerJoin(facts, eq(facts.developmentId, units.developmentId))
        .limit(1),
    )
    expect(await within(first, (db) => homeById(db, home!.unitId))).not.toBeNull()
    expect(await within(first, (db) => factsOfHome(db, home!))).not.toBeEmpty()
    expect(await within(second, (db) => homeById(db, home!.unitId))).toBeNull()
    expect(await within(second, (db) => factsOfHome(db, home!))).toEqual([])
  })

  test('is not quoted across tenants: the row’s policy refuses it', () => {
    const foreign = {
      ...{ tenantId: second.tenantId, messageId: second.tenantId, position: 0, page: 1, quote: '' },
      ...{ documentId: second.tenantId, versionId: second.tenantId },
    }
    expect(within(first, (db) => insertMessageCitations(db, [foreign]))).rejects.toThrow()
  })
})
