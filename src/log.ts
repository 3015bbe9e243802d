// One JSON line to stderr for everything worth knowing while the process runs.
type Level = 'debug' | 'info' | 'warn' | 'error'

const RANK = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 }

export function log(level: Level, event: string, fields: Record<string, unknown> = {}): void {
  const wanted = process.env.LOG_LEVEL as keyof typeof RANK | undefined
  if (RANK[level] < RANK[wanted && wanted in RANK ? wanted : 'info']) return
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`)
}
