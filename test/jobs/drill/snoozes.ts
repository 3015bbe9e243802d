// Waits for its file to appear before it does anything.
import { existsSync } from 'node:fs'
import { snooze } from '#jobs/outcome.ts'
import type { Run } from './run.ts'

export const run: Run = async (_scope, payload) => (existsSync(payload.file) ? undefined : snooze(100))
