// The API keys of a builder: made and shown once, listed with when they were last used, revoked.
import {
  type ApiKeyEntry,
  countLiveApiKeys,
  insertApiKey,
  listApiKeys,
  setApiKeyRevoked,
} from '#db/api-keys.ts'
import { insertActivity } from '#db/logs.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { forgetApiKeys, makeApiKey } from './access/api-keys.ts'
import { type ApiScope, apiScopes } from './access/caller.ts'
import { failure } from './failure.ts'
import { textOf } from './imports/values.ts'

export type { ApiKeyEntry }

const KEYS_SHOWN = 200
export const KEYS_MAX = 50
const NAME_CHARS_MAX = 100
const REQUESTS_PER_MINUTE = 300

export const apiKeysOf = (scope: Scope): Promise<ApiKeyEntry[]> =>
  within(scope, (db) => listApiKeys(db, KEYS_SHOWN))

/** The key itself is stored nowhere. @throws Failure `invalid` */
export async function createApiKey(
  scope: Scope,
  asked: { name: string; scopes: readonly string[] },
): Promise<string> {
  const name = textOf(asked.name)
  const scopes = apiScopes.filter((each) => asked.scopes.includes(each)) as ApiScope[]
  const fields: { path: string; message: string }[] = []
  if (name === '' || name.length > NAME_CHARS_MAX)
    fields.push({
      path: 'name',
      message: `Say in 1 to ${NAME_CHARS_MAX} characters which program it is for.`,
    })
  if (scopes.length === 0) fields.push({ path: 'scopes', message: 'Choose what the program may do.' })
  if (fields.length > 0) throw failure('invalid', { fields })
  const id = Bun.randomUUIDv7()
  const { key, prefix, keyHash } = makeApiKey()
  await within(scope, async (db) => {
    if ((await countLiveApiKeys(db)) >= KEYS_MAX)
      throw failure('invalid', {
        fields: [{ path: 'name', message: `There are ${KEYS_MAX} keys. Revoke one that is not used first.` }],
      })
    await insertApiKey(db, {
      ...{ id, tenantId: scope.tenantId, name, prefix, keyHash, scopes },
      requestsPerMinute: REQUESTS_PER_MINUTE,
    })
    await note(db, scope, 'api_key.created', id, { name, scopes })
  })
  return key
}

/** Other processes may take the key for some seconds more. @throws Failure `not_found` */
export async function revokeApiKey(scope: Scope, id: string): Promise<void> {
  await within(scope, async (db) => {
    if (!(await setApiKeyRevoked(db, id))) throw failure('not_found')
    await note(db, scope, 'api_key.revoked', id)
  })
  forgetApiKeys()
}

const note = (
  db: Db,
  scope: Scope,
  action: string,
  targetId: string,
  changes: Record<string, unknown> = {},
) =>
  insertActivity(db, {
    ...{ tenantId: scope.tenantId, actorType: scope.actor.type, actorId: scope.actor.id },
    ...{ action, targetType: 'api_key', targetId, changes, requestId: scope.requestId },
  })
