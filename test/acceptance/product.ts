// The product that is accepted: one that is started for it in production mode, or one that runs somewhere already.
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { freePort, freshFolder, postgresOf, startServer } from '../support/server.ts'

export type Operator = { email: string; password: string; totpSecret: string | null }

export type Product = {
  url: string
  /** Reads past every policy, to hold what pages say against the rows. */
  sql: postgres.Sql
  operator: Operator
  stop(): Promise<void>
}

const secret = () => randomBytes(32).toString('base64url')

/** Made for the run, with a data folder of its own and the embedded database, and taken away after it. */
export async function ownProduct(port: number | null): Promise<Product> {
  const dataDir = freshFolder()
  const at = port ?? (await freePort())
  const [jwtSecret, encryptionKey] = [secret(), secret()]
  const server = await startServer({
    ...{ dataDir, port: at },
    env: {
      ...{ NODE_ENV: 'production', EMBEDDED_DATABASE: '1', PUBLIC_URL: `http://localhost:${at}` },
      ...{ JWT_SECRET: jwtSecret, ENCRYPTION_KEY: encryptionKey, JOB_THREADS: '2', LOG_LEVEL: 'warn' },
    },
  })
  const password = readFileSync(join(dataDir, 'pg-password'), 'utf8').trim()
  const databaseAs = (role: string) =>
    `postgres://${role}:${password}@127.0.0.1:${postgresOf(dataDir)?.port}/openhouse`
  const operator = { email: 'operator@acceptance.example', password: secret(), totpSecret: null }
  await createOperator(operator, databaseAs('openhouse'))
  const sql = postgres(databaseAs('postgres'), { max: 2, onnotice: () => {} })
  return {
    ...{ url: server.url, sql, operator },
    async stop() {
      await sql.end()
      await server.kill('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** As somebody would on the day of the installation. */
export async function createOperator({ email, password }: Operator, databaseUrl: string): Promise<void> {
  const child = Bun.spawn([process.execPath, 'src/create-super-admin.ts', email, 'Olive Operator'], {
    cwd: join(import.meta.dir, '../..'),
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdin: new Blob([password]),
    stderr: 'pipe',
    stdout: 'pipe',
  })
  if ((await child.exited) !== 0)
    throw new Error(`no operator was made: ${await new Response(child.stderr).text()}`)
}

/** One that runs already: `ACCEPTANCE_DATABASE_URL` as a role that sees every row, and an operator's account. */
export function runningProduct(url: string): Product {
  const { ACCEPTANCE_DATABASE_URL, ACCEPTANCE_OPERATOR_EMAIL, ACCEPTANCE_OPERATOR_PASSWORD } = process.env
  if (!ACCEPTANCE_DATABASE_URL || !ACCEPTANCE_OPERATOR_EMAIL || !ACCEPTANCE_OPERATOR_PASSWORD)
    throw new Error(
      'with --url set ACCEPTANCE_DATABASE_URL (a role that sees every row), ACCEPTANCE_OPERATOR_EMAIL and ACCEPTANCE_OPERATOR_PASSWORD',
    )
  const sql = postgres(ACCEPTANCE_DATABASE_URL, { max: 2, onnotice: () => {} })
  return {
    url: url.replace(/\/$/, ''),
    sql,
    operator: {
      ...{ email: ACCEPTANCE_OPERATOR_EMAIL, password: ACCEPTANCE_OPERATOR_PASSWORD },
      totpSecret: process.env.ACCEPTANCE_OPERATOR_TOTP ?? null,
    },
    stop: () => sql.end(),
  }
}
