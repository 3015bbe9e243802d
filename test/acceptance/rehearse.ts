// `bun run rehearse`: production on this machine, with Debian's PostgreSQL, an S3 store, a model provider and TLS; doctor and acceptance over it.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { startS3Double } from '../support/doubles/s3.ts'
import { smtpDouble } from '../support/doubles/smtp.ts'
import { startRealServer } from '../support/real-server.ts'
import { freePort, spawnServer } from '../support/server.ts'
import { startModelPeer } from './model-peer.ts'
import { createOperator } from './product.ts'
import { until } from './world.ts'

/** Production's own, which lead to this machine for the rehearsal alone: see `withNames`. */
const DOMAIN = 'openhouseai.ie'
const NAMES = [`app.${DOMAIN}`, DOMAIN, `api.${DOMAIN}`, `mail.${DOMAIN}`]
const MODELS = { chat: 'gpt-4.1-mini', embedding: 'text-embedding-3-small' }
const STORE_KEYS = {
  accessKeyId: 'rehearsal',
  secretAccessKey: 'a-secret-of-the-rehearsal',
  region: 'eu-west-1',
  bucket: 'documents',
}
const secret = () => randomBytes(48).toString('base64')

const started = performance.now()
const words = process.argv.slice(2)
if (words.includes('--with-names'))
  process.exitCode = await rehearse(words.filter((word) => word !== '--with-names'))
else process.exitCode = withNames(words)

function told(what: string): void {
  console.log(`${((performance.now() - started) / 1_000).toFixed(1).padStart(6)} s  ${what}`)
}

/** Runs itself again where the names of the rehearsal lead to this machine, which nobody else on it notices. */
function withNames(args: string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-names-'))
  const hosts = join(folder, 'hosts')
  writeFileSync(hosts, `127.0.0.1 localhost ${NAMES.join(' ')}\n`)
  const certificate = [join(folder, 'key.pem'), join(folder, 'certificate.pem')] as const
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '90'],
    ...[
      '-subj',
      `/CN=${DOMAIN}`,
      '-addext',
      `subjectAltName=${NAMES.map((name) => `DNS:${name}`).join(',')}`,
    ],
    ...['-keyout', certificate[0], '-out', certificate[1]],
  ])
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`)
  const inside = `mount --bind '${hosts}' /etc/hosts && exec "$@"`
  const { status } = spawnSync(
    'unshare',
    ['--mount', 'sh', '-c', inside, 'sh', process.execPath, import.meta.path, '--with-names', ...args],
    {
      stdio: 'inherit',
      env: { ...process.env, REHEARSAL_FOLDER: folder, NODE_EXTRA_CA_CERTS: certificate[1] },
    },
  )
  rmSync(folder, { recursive: true, force: true })
  return status ?? 1
}

async function rehearse(args: string[]): Promise<number> {
  const folder = process.env.REHEARSAL_FOLDER ?? ''
  const stops: (() => unknown)[] = []
  try {
    const database = await startRealServer('15', false)
    stops.push(() => database.stop())
    told(`PostgreSQL ${database.version}, a cluster of its own, the role of docs/databases.md`)
    const store = startS3Double(STORE_KEYS)
    stops.push(() => store.stop())
    const models = startModelPeer(MODELS)
    stops.push(() => models.stop())
    const mail = await smtpDouble()
    stops.push(() => mail.stop())
    const mailPort = await startMailTls(folder, Number(new URL(mail.url).port), stops)
    const mailUrl = `smtps://someone:se%40cret@mail.${DOMAIN}:${mailPort}`
    const [port, tlsPort] = [await freePort(), await freePort()]
    const url = `https://${NAMES[0]}:${tlsPort}`
    const proxy = startTlsProxy(folder, port, tlsPort)
    stops.push(() => proxy.stop(true))
    const settings = {
      ...{ NODE_ENV: 'production', PUBLIC_URL: url, TRUSTED_PROXY: 'loopback', TZ: 'Europe/Dublin' },
      ...{ JWT_SECRET: secret(), ENCRYPTION_KEY: secret(), DATABASE_URL: database.url, LOG_LEVEL: 'warn' },
      ...{
        STORAGE_S3_ENDPOINT: store.endpoint,
        STORAGE_S3_BUCKET: STORE_KEYS.bucket,
        STORAGE_S3_REGION: STORE_KEYS.region,
      },
      ...{
        STORAGE_S3_ACCESS_KEY_ID: STORE_KEYS.accessKeyId,
        STORAGE_S3_SECRET_ACCESS_KEY: STORE_KEYS.secretAccessKey,
      },
      ...{ SMTP_URL: mailUrl, MAIL_FROM: `OpenHouse <app@${DOMAIN}>`, ALERT_MAIL_TO: `alerts@${DOMAIN}` },
      ...{ OPENAI_API_KEY: 'sk-rehearsal-0123456789abcdef', OPENAI_BASE_URL: models.url },
      ...{ OPENAI_CHAT_MODEL: MODELS.chat, OPENAI_EMBEDDING_MODEL: MODELS.embedding, RELEASE: 'rehearsal' },
      NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS ?? '',
    }
    const server = await spawnServer({ port, env: settings })
    stops.push(async () => told(`stopped with ${await server.kill('SIGTERM')}`))
    // Under its public name: any other Host is refused, also at /readyz.
    await until('it is ready', () =>
      fetch(`${url}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      ),
    )
    told(`production, ready behind TLS at ${url}`)
    const operator = { email: `operator@${DOMAIN}`, password: secret().slice(0, 32), totpSecret: null }
    await createOperator(operator, database.url)
    told('the first operator is made')
    const doctor = await run(['src/run-doctor.ts'], {
      ...settings,
      DATA_DIR: server.dataDir,
      PORT: `${port}`,
    })
    told(`doctor ended with ${doctor}`)
    const superuser = Object.assign(new URL(database.superuserUrl), { pathname: '/openhouse' }).href
    const acceptance = await run([join(import.meta.dir, 'run.ts'), '--url', url, ...args], {
      ...{ ACCEPTANCE_DATABASE_URL: superuser, ACCEPTANCE_OPERATOR_EMAIL: operator.email },
      ...{
        ACCEPTANCE_OPERATOR_PASSWORD: operator.password,
        NODE_EXTRA_CA_CERTS: settings.NODE_EXTRA_CA_CERTS,
      },
    })
    told(
      `acceptance ended with ${acceptance}; ${store.objects.size} files in the store, every request signed`,
    )
    return doctor === 0 && acceptance === 0 ? 0 : 1
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

/** What stands before OpenHouse in production: ends TLS, passes Host on, and says for whom it asks. */
function startTlsProxy(folder: string, port: number, tlsPort: number) {
  const file = (name: string) => Bun.file(join(folder, name))
  return Bun.serve({
    ...{ port: tlsPort, hostname: '127.0.0.1', idleTimeout: 0 },
    tls: { key: file('key.pem'), cert: file('certificate.pem') },
    maxRequestBodySize: 200_000_000,
    error: () => new Response('Nobody answers yet.', { status: 502 }),
    async fetch(request, server) {
      const { pathname, search, host } = new URL(request.url)
      const headers = new Headers(request.headers)
      headers.set('host', host)
      headers.set('cf-connecting-ip', server.requestIP(request)?.address ?? '')
      headers.set('x-forwarded-proto', 'https')
      return fetch(`http://localhost:${port}${pathname}${search}`, {
        ...{ method: request.method, headers, body: request.body, redirect: 'manual', decompress: false },
        signal: request.signal,
      })
    },
  })
}

/** Mail goes out over TLS in production, and to no address that looks like this machine. */
async function startMailTls(folder: string, port: number, stops: (() => unknown)[]): Promise<number> {
  const read = (name: string) => readFileSync(join(folder, name))
  const server = createServer({ key: read('key.pem'), cert: read('certificate.pem') }, (secure) => {
    const plain = connect(port, '127.0.0.1')
    secure.on('error', () => plain.destroy()).pipe(plain)
    plain.on('error', () => secure.destroy()).pipe(secure)
  })
  const at = await freePort()
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  stops.push(() => server.close())
  return at
}

async function run(args: string[], env: Record<string, string>): Promise<number> {
  const { PATH = '', HOME = '' } = process.env
  const child = Bun.spawn([process.execPath, ...args], {
    ...{ cwd: join(import.meta.dir, '../..'), env: { PATH, HOME, ...env } },
    ...{ stdout: 'inherit', stderr: 'inherit' },
  })
  return child.exited
}
