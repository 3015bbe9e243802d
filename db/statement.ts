// Statements of the hot paths, put together once: what changes in them is named and given with each call.
import { isDeepStrictEqual } from 'node:util'
import { is, Param, Placeholder, sql } from 'drizzle-orm'
import type { SelectedFieldsOrdered } from 'drizzle-orm/pg-core/query-builders/select.types'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Db } from './client.ts'

type Values = Record<string, unknown>

/** A name for each value; a column compared with one, or filled by one, writes it as it would the value itself. */
export type Given<V> = { readonly [K in keyof V]-?: Placeholder<string, V[K]> }

type Text = { sql: string; params: readonly unknown[]; fields: SelectedFieldsOrdered | undefined }

/**
 * Putting a statement together costs drizzle more than sending it, and its text is the same each time. It runs in the
 * transaction it is given like any other, prepared by its text. For plain columns only: nested ones of an outer join
 * would need what drizzle keeps beside them.
 */
export function statement<V extends Values, R extends PromiseLike<unknown>>(
  build: (db: Db, given: Given<V>) => R,
): (db: Db, values: V) => Promise<Awaited<R>> {
  let text: Text | null = null
  return (db, values) => {
    text ??= sameTwice(build)
    const query = { sql: text.sql, params: text.params.map((param) => written(param, values)) }
    return db._.session
      .prepareQuery<{ execute: Awaited<R>; all: unknown; values: unknown }>(
        query,
        text.fields,
        undefined,
        text.fields !== undefined,
      )
      .execute()
  }
}

/** An id that a column makes for itself would be one for all: built twice it would not be the same. */
function sameTwice<V extends Values>(build: (db: Db, given: Given<V>) => unknown): Text {
  const [first, second] = [textOf(build), textOf(build)]
  const isSame = first.params.every((param, at) => isDeepStrictEqual(param, second.params[at]))
  if (first.sql !== second.sql || !isSame) throw new Error(`what differs must be given: ${first.sql}`)
  return first
}

/** Built on a database that there is not: its session only hears what would be sent. */
function textOf<V extends Values>(build: (db: Db, given: Given<V>) => unknown): Text {
  const heard: Text[] = []
  const nowhere = drizzle.mock() as PostgresJsDatabase
  const { session } = nowhere._
  const prepareQuery = session.prepareQuery.bind(session)
  session.prepareQuery = (query, fields, ...more) => {
    heard.push({ ...query, fields })
    return prepareQuery(query, fields, ...more)
  }
  const built = build(nowhere, namesOf<V>())
  if (heard.length === 0) (built as { prepare(name: string): unknown }).prepare('')
  const [text] = heard
  if (!text || heard.length > 1) throw new Error('a statement must be exactly one')
  return text
}

const namesOf = <V>(): Given<V> =>
  new Proxy({} as Given<V>, { get: (_, name) => sql.placeholder(String(name)) })

/** Nothing is null in every type; a column's own writing would make JSON or a moment of it. */
function written(param: unknown, values: Values): unknown {
  if (is(param, Placeholder)) return givenFor(param, values)
  if (!is(param, Param) || !is(param.value, Placeholder)) return param
  const value = givenFor(param.value, values)
  return value === null ? null : param.encoder.mapToDriverValue(value)
}

function givenFor({ name }: Placeholder, values: Values): unknown {
  const value = values[name]
  if (value === undefined) throw new Error(`the statement needs "${name}"`)
  return value
}
