// The platform's operator outside the console: an address of theirs that takes JSON, and a mailbox.
import { config } from '../config.ts'
import { log } from '../log.ts'
import { deliverMail, MailFailure } from './mail.ts'
import { traceHeaders } from './traceparent.ts'

const DEADLINE_MS = 10_000

export type OperatorMessage = {
  id: string
  text: string
  url: string
  at: Date
  incident: { id: string; rule: string | null; title: string }
  event: string
  figures: Record<string, unknown>
}

type Telling = { signal: AbortSignal; requestId: string }

/** The address is the operator's own setting, so it may lie in their own network. False when it did not arrive. */
export async function tellByWebhook(
  message: OperatorMessage,
  { signal, requestId }: Telling,
): Promise<boolean> {
  try {
    const response = await fetch(config().ALERT_WEBHOOK_URL ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...traceHeaders(requestId) },
      body: JSON.stringify(message),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    })
    await response.body?.cancel()
    if (!response.ok) log('warn', 'operator_not_told', { by: 'webhook', status: response.status })
    return response.ok
  } catch (error) {
    signal.throwIfAborted()
    // Only the name: Bun's network errors carry the address, which may be a secret.
    log('warn', 'operator_not_told', { by: 'webhook', error: (error as Error).name })
    return false
  }
}

export async function tellByMail(message: OperatorMessage, { signal }: Telling): Promise<boolean> {
  const figures = Object.entries(message.figures).map(([name, value]) => `${name}: ${String(value)}`)
  const text = [message.text, message.at.toISOString(), ...figures, '', message.url].join('\n')
  try {
    await deliverMail(
      { id: message.id, to: config().ALERT_MAIL_TO ?? '', subject: `OpenHouse: ${message.text}`, text },
      { signal, beforeText: async () => {} },
    )
    return true
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error
    log('warn', 'operator_not_told', { by: 'mail', code: error.code })
    return false
  }
}
