// `bun run create-super-admin`: makes the platform's first operator, or another one, from the command line.
import { connect, disconnect } from '#db/client.ts'
import { insertActivity } from '#db/logs.ts'
import { acrossTenants } from '#db/scope.ts'
import { insertStaff } from '#db/tenants.ts'
import { hashPassword, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, passwordProblem } from './access/passwords.ts'
import { platformScope } from './access/system-scope.ts'
import { commandFault } from './command-faults.ts'

const USAGE = `Usage: DATABASE_URL=postgres://… bun run create-super-admin EMAIL "FULL NAME" < file-with-the-password
The password is read from standard input, ${PASSWORD_CHARS_MIN} to ${PASSWORD_CHARS_MAX} characters on one line.`

const [email = '', name = ''] = process.argv.slice(2)
const url = process.env.DATABASE_DIRECT_URL ?? process.env.DATABASE_URL
const password = (await Bun.stdin.text()).replace(/\r?\n$/, '')

if (!url || !/^[^\s@]+@[^\s@]+$/.test(email) || !name.trim()) fail(USAGE)
if (/[\r\n]/.test(password)) fail(USAGE)
const problem = passwordProblem(password, [email, name])
if (problem) fail(`${problem}\n\n${USAGE}`)

connect({ url, poolSize: 1 })
const id = Bun.randomUUIDv7()
try {
  const passwordHash = await hashPassword(password)
  await acrossTenants(platformScope('create-super-admin'), 'a new operator', async (db) => {
    await insertStaff(db, { id, tenantId: null, email, name: name.trim(), role: 'super_admin', passwordHash })
    await insertActivity(db, {
      tenantId: null,
      actorType: 'system',
      actorId: 'create-super-admin',
      requestId: 'create-super-admin',
      action: 'super_admin.created',
      targetType: 'staff',
      targetId: id,
    })
  })
  process.stdout.write(`${email} can sign in at /admin now.\n`)
} catch (error) {
  const isTaken = String((error as { cause?: { code?: unknown } }).cause?.code) === '23505'
  process.stderr.write(
    isTaken ? `${email} has an account already.\n` : `It could not be created: ${commandFault(error)}.\n`,
  )
  process.exitCode = 1
} finally {
  await disconnect()
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}
