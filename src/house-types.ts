// House types of a development by the codes that somebody gave.
import { houseTypesByCode } from '#db/developments.ts'
import type { Db } from '#db/scope.ts'
import { failure } from './failure.ts'

/** The ids of the types, each once. @throws Failure `unknown_house_type`, at `path` of the form or body */
export async function houseTypeIdsOf(
  db: Db,
  developmentId: string,
  givenCodes: readonly string[],
  path = 'house_types',
): Promise<string[]> {
  const codes = [...new Set(givenCodes)]
  const types = codes.length === 0 ? [] : await houseTypesByCode(db, developmentId, codes)
  const missing = codes.filter((code) => !types.some((type) => type.code === code))
  if (missing.length > 0)
    throw failure('unknown_house_type', {
      fields: missing.map((code) => ({ path, message: `${code} is not a house type of this development` })),
    })
  return types.map((type) => type.id)
}

/** The id of one type, or null where none is named. @throws Failure `unknown_house_type`, at `house_type` */
export async function houseTypeIdOf(
  db: Db,
  developmentId: string,
  code: string | null,
): Promise<string | null> {
  const [id = null] = await houseTypeIdsOf(db, developmentId, code === null ? [] : [code], 'house_type')
  return id
}
