// The settings of a test process: fixed secrets, a data folder of its own, nothing of the machine's environment.
import { createHmac } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, parseConfig } from '#src/config.ts'
import type { DemoSecrets } from '#src/demo/credentials.ts'
import { prepareProcess } from '#src/runtime.ts'

export const TEST_SECRET = 'a-secret-for-tests-only-0123456789abcdef'

let prepared: Config | null = null

/** Parses the settings once a process; `overrides` are for what a test wants to see differently. */
export function prepareTestProcess(overrides: Record<string, string> = {}): Config {
  if (prepared && Object.keys(overrides).length === 0) return prepared
  const parsed = parseConfig({
    NODE_ENV: 'test',
    PORT: '3999',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    JWT_SECRET: TEST_SECRET,
    ENCRYPTION_KEY: TEST_SECRET,
    DATA_DIR: prepared?.dataDir ?? mkdtempSync(join(tmpdir(), 'openhouse-data-')),
    ...overrides,
  })
  if ('faults' in parsed) throw new Error(`test settings: ${JSON.stringify(parsed.faults)}`)
  prepared = parsed.config
  prepareProcess(prepared)
  return prepared
}

/** Passwords and keys of the seeded accounts, the same in every test process. */
export const testSecrets: DemoSecrets = {
  bytes: (name) => new Uint8Array(createHmac('sha256', TEST_SECRET).update(name).digest()),
  password: (email) =>
    `test-${createHmac('sha256', TEST_SECRET).update(`password ${email}`).digest('base64url').slice(0, 16)}`,
}
