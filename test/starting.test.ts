// A start that cannot be: it ends with a sentence that says what to do, before anything is made or changed.
import { afterAll, expect, setDefaultTimeout, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandFault } from '#src/command-faults.ts'
import { lockDataFolder } from '#src/data-folder.ts'
import { folderFault } from '#src/folder-faults.ts'
import { spawnServer } from './support/server.ts'

setDefaultTimeout(60_000)

const folder = mkdtempSync(join(tmpdir(), 'openhouse-starting-'))
const file = join(folder, 'a file')
writeFileSync(file, '')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const failed = (code: string, message: string = code) =>
  Object.assign(new Error(message), { code, path: '/srv/it' })

test.each([
  ['of somebody else', failed('EACCES'), '/srv/it cannot be written by the account that starts OpenHouse'],
  ['that can only be read', failed('EROFS'), 'can only be read: name a folder on another one'],
  ['that is a file', failed('ENOTDIR'), '/srv/it is a file and no folder: name another one'],
  ['on a full disk', failed('ENOSPC'), 'the disk of /srv is full: make room on it'],
  [
    'on a disk that PostgreSQL finds full',
    failed('53100', 'could not extend file "base/1/2": No space left on device'),
    'the disk of /srv is full: make room on it',
  ],
])('a folder %s has a sentence', (_, error, says) => {
  expect(folderFault(error, '/srv')).toContain(says)
})

test('what is wrong with something else is not said of the folder', () => {
  expect(folderFault(failed('ECONNREFUSED'), '/srv')).toBeNull()
})

test.each([
  ['role "openhouse_platform" does not exist', 'has no tables yet. Start OpenHouse once'],
  ['relation "staff" does not exist', 'has no tables yet. Start OpenHouse once'],
  ['password authentication failed for user "openhouse"', 'password authentication failed'],
])('a command that the database answers with %p says what to do', (said, says) => {
  expect(commandFault(new Error('Failed query', { cause: new Error(said) }))).toContain(says)
})

test('a folder below a file cannot be locked, in words', () => {
  expect(() => lockDataFolder(join(file, 'data'))).toThrow(/^DATA_DIR: .* is a file and no folder/)
})

test.each([
  ['DATA_DIR is a file', { DATA_DIR: file }, {}, 78, /^DATA_DIR: .*a file is a file and no folder/m],
  ['HOST is of another machine', {}, { HOST: '192.0.2.1' }, 1, /^HOST 192\.0\.2\.1 is no address of this/m],
  ['HOST is no name', {}, { HOST: 'nowhere.invalid' }, 1, /^HOST nowhere\.invalid is no address of this/m],
])('when %s, nothing is started', async (_, { DATA_DIR }: { DATA_DIR?: string }, env, code, says) => {
  const dataDir = DATA_DIR ?? join(folder, 'data')
  const server = await spawnServer({ dataDir, env })
  expect(await server.exited).toBe(code)
  expect(server.output()).toMatch(says)
  expect(server.output()).not.toMatch(/^\s+at |embedded PostgreSQL/m)
  if (!DATA_DIR) expect(readdirSync(dataDir)).toEqual(['secret'])
  else expect(existsSync(join(dataDir, 'pg'))).toBe(false)
})
