// Counts the statements that a piece of work sends, without those that open and close its transactions.
import { current } from '#db/client.ts'
import { forgetAllSessions } from '#src/access/sessions.ts'
import { forgetAnnouncements } from '#src/announcements.ts'
import { forgetFlags } from '#src/flags.ts'

const FRAME = /^\s*(?:begin|commit|rollback|set transaction|select set_config\()/i
/** Written by themselves, a batch now and then, whatever else goes on. */
const BACKGROUND = /"(?:request_log|error_log|error_groups|rate_limit_log)"/

export type Statement = { text: string; values: unknown[] }

export const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> =>
  (await statementsAndValuesOf(work)).map(({ text }) => text)

/** Of a page that was opened just before, so that nothing of what is kept for some seconds runs out in between. */
export async function statementsOnReopening(open: () => Promise<unknown>): Promise<string[]> {
  forgetAllSessions()
  forgetAnnouncements()
  forgetFlags()
  await open()
  return statementsOf(open)
}

/** The same with what they were sent with, to be explained. */
export async function statementsAndValuesOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const options = current().client.options as { debug: unknown }
  const sent: Statement[] = []
  options.debug = (_: number, text: string, values: unknown[]) => {
    if (!FRAME.test(text) && !BACKGROUND.test(text)) sent.push({ text, values })
  }
  await work()
  options.debug = false
  return sent
}
