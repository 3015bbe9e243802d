// Counts the statements that a piece of work sends, without those that open and close its transactions or find out who asks.
import { current } from '#db/client.ts'

const FRAME = /^\s*(?:begin|commit|rollback|set transaction|select set_config\()|pg_catalog\.pg_type/i
/** Written by themselves, a batch now and then, whatever else goes on. */
const BACKGROUND = /\b(?:request_log|error_log|error_groups|rate_limit_log)\b/
/** Remembered for some seconds and then read again, in whichever request that falls. */
const REMEMBERED = /from "sessions"|from (?:announcements|feature_flags)\b/

export type Statement = { text: string; values: unknown[] }

export const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> =>
  (await statementsAndValuesOf(work)).map(({ text }) => text)

/** The same with what they were sent with, to be explained. */
export async function statementsAndValuesOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const options = current().client.options as { debug: unknown }
  const sent: Statement[] = []
  options.debug = (_: number, text: string, values: unknown[]) => {
    if (![FRAME, BACKGROUND, REMEMBERED].some((each) => each.test(text))) sent.push({ text, values })
  }
  await work()
  options.debug = false
  return sent
}
