// What a tenant may use of the language model: tokens a day, and answers written at the same time.
import { addTokensUsed, deleteLlmCall, insertLlmCall, lockLlmCalls, tokensUsedToday } from '#db/llm-usage.ts'
import { type Scope, within } from '#db/scope.ts'
import { config } from '../config.ts'
import { log } from '../log.ts'
import type { ChatModel } from './chat-model.ts'
import { LlmFailure } from './openai-failures.ts'

/** A call ends by its own deadline; only one whose process died is still there after this. */
const EXPIRY_EXTRA_MS = 5_000
/** For a provider that does not say: four characters are about a token. */
const CHARACTERS_A_TOKEN = 4

/** Calls under way may still exceed the day's budget; there are never more of them than the tenant's cap. */
export const withinBudget = async (scope: Scope): Promise<boolean> =>
  (await within(scope, (db) => tokensUsedToday(db, scope.tenantId))) < config().OPENAI_DAILY_TOKENS_PER_TENANT

export async function noteTokens(scope: Scope, count: number): Promise<void> {
  if (scope.readOnly || count <= 0) return
  await within(scope, (db) => addTokensUsed(db, { tenantId: scope.tenantId, count: Math.ceil(count) })).catch(
    (error) => log('warn', 'llm_usage_not_recorded', { error }),
  )
}

/** Whether the budget had anything left when a call took its turn; null while none has. */
export type BudgetSeen = { isLeft: boolean | null }

/**
 * The model with its tokens counted and no more calls at once than the tenant may have; others fail at once.
 * @param seen told of the budget, which is read with the turn: a transaction of its own would delay the first word
 */
export function allowed(
  scope: Scope,
  model: ChatModel,
  onRefused: (failure: LlmFailure) => void = () => {},
  seen: BudgetSeen = { isLeft: null },
): ChatModel {
  return {
    name: model.name,
    stream: async (messages, options) => {
      const done = await takeTurn(scope, seen)
      if (done === null) {
        const refused = new LlmFailure(
          'llm_busy',
          'as many answers as this builder may have are being written',
        )
        onRefused(refused)
        throw refused
      }
      let tokens = 0
      try {
        const result = await model.stream(messages, options)
        const { usage, text } = result
        const characters = messages.reduce((sum, { content }) => sum + content.length, text.length)
        tokens = usage ? usage.promptTokens + usage.completionTokens : characters / CHARACTERS_A_TOKEN
        return result
      } finally {
        await done(Math.ceil(tokens))
      }
    },
  }
}

/** Null when none is free. A read-only scope cannot note its call, and makes few. */
async function takeTurn(
  scope: Scope,
  seen: BudgetSeen,
): Promise<((tokensUsed: number) => Promise<void>) | null> {
  seen.isLeft = null
  if (scope.readOnly) return async () => {}
  const { tenantId } = scope
  const id = Bun.randomUUIDv7()
  const { OPENAI_TIMEOUT_MS, OPENAI_CONCURRENCY_PER_TENANT, OPENAI_DAILY_TOKENS_PER_TENANT } = config()
  const isOurs = await within(scope, async (db) => {
    const expiresInMs = OPENAI_TIMEOUT_MS + EXPIRY_EXTRA_MS
    // In this order on their connection: counted under the lock.
    const [, isOurs, used] = await Promise.all([
      lockLlmCalls(db, tenantId),
      insertLlmCall(db, { tenantId, id, expiresInMs, callsMax: OPENAI_CONCURRENCY_PER_TENANT }),
      tokensUsedToday(db, tenantId),
    ])
    seen.isLeft = used < OPENAI_DAILY_TOKENS_PER_TENANT
    return isOurs
  })
  return isOurs ? (tokensUsed) => endTurn(scope, id, tokensUsed) : null
}

/** What the call used and its end are one transaction; an end that cannot be noted expires by itself. */
const endTurn = (scope: Scope, id: string, tokensUsed: number): Promise<void> =>
  within(scope, async (db) => {
    const { tenantId } = scope
    await Promise.all([
      tokensUsed > 0 && addTokensUsed(db, { tenantId, count: tokensUsed }),
      deleteLlmCall(db, { tenantId, id }),
    ])
  }).catch((error) => log('warn', 'llm_usage_not_recorded', { error }))
