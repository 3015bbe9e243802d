// `bun run reset-second-factor`: for whoever lost phone and recovery codes and has nobody above them to reset it.
import { connect, disconnect } from '#db/client.ts'
import { insertActivity } from '#db/logs.ts'
import { throughDoor } from '#db/scope.ts'
import { clearSecondFactor } from '#db/second-factor.ts'
import { staffLoginByEmail } from '#db/sessions.ts'
import { endStaffSessions } from '#db/staff.ts'
import { commandFault } from './command-faults.ts'

const USAGE = `Usage: DATABASE_URL=postgres://… bun run reset-second-factor EMAIL
For an operator, or the only admin of a builder. The password stays; an operator sets up a new factor at the next sign-in.`
const NAME = 'reset-second-factor'

type Outcome = 'reset' | 'unknown' | 'none'

const [email = '', ...more] = process.argv.slice(2)
const url = process.env.DATABASE_DIRECT_URL ?? process.env.DATABASE_URL
if (!url || !/^[^\s@]+@[^\s@]+$/.test(email) || more.length > 0) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(2)
}

connect({ url, poolSize: 1 })
try {
  const outcome = await reset()
  if (outcome === 'reset')
    process.stdout.write(`${email} is signed out everywhere; the password alone signs in now.\n`)
  else {
    const why = outcome === 'none' ? 'has no second factor' : 'is nobody who signs in here'
    process.stderr.write(`${email} ${why}. Nothing was changed.\n`)
    process.exitCode = 1
  }
} catch (error) {
  process.stderr.write(`It could not be reset: ${commandFault(error)}.\n`)
  process.exitCode = 1
} finally {
  await disconnect()
}

/** All of it or nothing: no session outlives the factor it was begun with, and the log says who it was. */
function reset(): Promise<Outcome> {
  return throughDoor(async (db) => {
    const login = await staffLoginByEmail(db, email)
    if (!login) return 'unknown'
    if (!login.hasSecondFactor) return 'none'
    await clearSecondFactor(db, login.id)
    await endStaffSessions(db, login.id)
    await insertActivity(db, {
      tenantId: login.tenantId,
      actorType: 'system',
      actorId: NAME,
      requestId: NAME,
      action: 'staff.second_factor_reset',
      targetType: 'staff',
      targetId: login.id,
      changes: {},
    })
    return 'reset'
  })
}
