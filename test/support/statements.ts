// Counts the statements that a piece of work sends, without those that open and close its transactions.
import { current } from '#db/client.ts'

const FRAME = /^\s*(?:begin|commit|rollback|set transaction|select set_config\()/i
/** Written by themselves, a batch now and then, whatever else goes on. */
const BACKGROUND = /"(?:request_log|error_log|error_groups|rate_limit_log)"/

export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const options = current().client.options as { debug: unknown }
  const sent: string[] = []
  options.debug = (_: number, statement: string) => {
    if (!FRAME.test(statement) && !BACKGROUND.test(statement)) sent.push(statement)
  }
  await work()
  options.debug = false
  return sent
}
