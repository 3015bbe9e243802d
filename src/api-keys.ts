// The API keys of a builder: made and shown once, listed with when they were last used, revoked.
import {
  type ApiKeyEntry,
  countLiveApiKeys,
  insertApiKey,
  listApiKeys,
  setApiKeyRevoked,
} from '#db/api-keys.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { forgetApiKeys, makeApiKey } from './access/api-keys.ts'
import { type ApiScope, apiScopes } from './access/api-scopes.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { textOf } from './imports/values.ts'

export type { ApiKeyEntry }

const KEYS_SHOWN = 200
const KEYS_MAX = 50
const NAME_CHARS_MAX = 100
const REQUESTS_PER_MINUTE = 300
const ORIGINS_MAX = 20

export const apiKeysOf = (scope: Scope): Promise<ApiKeyEntry[]> =>
  within(scope, (db) => listApiKeys(db, KEYS_SHOWN))

/** The key itself is stored nowhere. @throws Failure `invalid` */
export async function createApiKey(
  scope: Scope,
  asked: { name: string; scopes: readonly string[]; origins?: string },
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
  const { origins: allowedOrigins, problem } = readOrigins(asked.origins ?? '')
  if (problem) fields.push({ path: 'origins', message: problem })
  if (fields.length > 0) throw failure('invalid', { fields })
  const id = Bun.randomUUIDv7()
  const { key, prefix, keyHash } = makeApiKey()
  await within(scope, async (db) => {
    if ((await countLiveApiKeys(db)) >= KEYS_MAX)
      throw failure('invalid', {
        fields: [{ path: 'name', message: `There are ${KEYS_MAX} keys. Revoke one that is not used first.` }],
      })
    await insertApiKey(db, {
      id,
      tenantId: scope.tenantId,
      name,
      prefix,
      keyHash,
      scopes,
      allowedOrigins,
      requestsPerMinute: REQUESTS_PER_MINUTE,
    })
    await note(db, scope, 'api_key.created', id, { name, scopes, allowedOrigins })
  })
  return key
}

/** One a line, as an address of the site or of a page of it. Plain http is for a developer's own machine. */
function readOrigins(typed: string): { origins: string[]; problem?: string } {
  const lines = typed.split(/[\s,]+/).filter(Boolean)
  const origins = [...new Set(lines.map((line) => (URL.canParse(line) ? new URL(line).origin : '')))]
  if (!origins.every((origin) => /^https:\/\/|^http:\/\/(?:localhost|127\.0\.0\.1)(?::|$)/.test(origin)))
    return { origins, problem: 'Write each site as its address, such as https://crm.example.ie.' }
  if (origins.length > ORIGINS_MAX) return { origins, problem: `At most ${ORIGINS_MAX} sites.` }
  return { origins }
}

/** It stops working in every process. @throws Failure `not_found` */
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
) => noteActivity(db, scope, { action, targetType: 'api_key', targetId, changes })
