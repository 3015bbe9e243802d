// A limited process cannot outgrow, outlast or outtalk its limits.
import { expect, test } from 'bun:test'
import { tmpdir } from 'node:os'
import { type LimitedProcess, runLimited } from '#src/documents/limited-process.ts'

const LIMITS = {
  idleMsMax: 5_000,
  totalMsMax: 10_000,
  residentBytesMax: 512_000_000,
  dataBytesMax: 8_000_000_000,
  lineCharactersMax: 1_000,
}

function script(code: string, limits: Partial<LimitedProcess> = {}): LimitedProcess {
  return {
    ...LIMITS,
    command: [process.execPath, '--no-install', '-e', code],
    env: {},
    cwd: tmpdir(),
    ...limits,
  }
}

test('lines arrive whole and in order', async () => {
  const lines: string[] = []
  const outcome = await runLimited(
    script('process.stdout.write("one\\ntw"); process.stdout.write("o\\nthree\\n")'),
    undefined,
    (line) => {
      lines.push(line)
      return null
    },
  )
  expect(outcome).toBe('exited')
  expect(lines).toEqual(['one', 'two', 'three'])
})

test('a process that hardly gets a processor is waited for, longer than one that works in silence', async () => {
  const waits = script('await Bun.sleep(2_500); console.log("late")', { idleMsMax: 1_000 })
  expect(await runLimited(waits, undefined, () => null)).toBe('exited')
})

test.each([
  [
    'grows beyond its resident memory',
    'const kept = []; for (;;) { kept.push(new Uint8Array(20e6).fill(1)); await Bun.sleep(5) }',
    {},
  ],
  [
    'is refused memory by the kernel',
    'const kept = []; for (;;) kept.push(new Uint8Array(20e6).fill(1))',
    { dataBytesMax: 800_000_000 },
  ],
  ['says nothing for too long', 'for (;;) {}', { idleMsMax: 300 }],
  ['waits for ever', 'await Bun.sleep(60_000)', { idleMsMax: 300 }],
  ['goes on for ever', 'for (;;) { console.log("still here"); await Bun.sleep(10) }', { totalMsMax: 700 }],
  ['never ends its line', 'process.stdout.write("x".repeat(5_000)); await Bun.sleep(60_000)', {}],
  ['exits with an error', 'console.log("a page"); process.exit(3)', {}],
])(
  'a process that %s has failed',
  async (_, code, limits) => {
    const started = performance.now()
    const environment = { env: { BUN_JSC_jitMemoryReservationSize: '67108864' } }
    expect(await runLimited(script(code, { ...environment, ...limits }), undefined, () => null)).toEqual({
      failed: 'too_complex',
    })
    expect(performance.now() - started).toBeLessThan(LIMITS.totalMsMax)
  },
  15_000,
)

test('the first outcome ends the process', async () => {
  const outcome = await runLimited(script('console.log("bad"); await Bun.sleep(60_000)'), undefined, () => ({
    failed: 'unreadable',
  }))
  expect(outcome).toEqual({ failed: 'unreadable' })
})

test('none of our settings reach the process', async () => {
  process.env.OPENHOUSE_TEST_SECRET = 'secret'
  const lines: string[] = []
  await runLimited(
    script('console.log(process.env.OPENHOUSE_TEST_SECRET ?? "nothing")'),
    undefined,
    (line) => {
      lines.push(line)
      return null
    },
  )
  delete process.env.OPENHOUSE_TEST_SECRET
  expect(lines).toEqual(['nothing'])
})
