// What a command of the operator says when the database did not do as it was asked.

/** The sentence for the terminal. Before the first start there are neither tables nor the roles that it changes into. */
export function commandFault(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const said = cause instanceof Error ? cause.message : String(cause)
  return /\b(?:role "openhouse_\w+"|relation "\w+") does not exist/.test(said)
    ? 'the database has no tables yet. Start OpenHouse once, then ask again'
    : said
}
