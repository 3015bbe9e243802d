// The files that put OpenHouse on a machine hold together: syntax, names, versions, settings. Nothing here builds an image.
import { describe, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseConfig, settings } from '#src/config.ts'

const ROOT = join(import.meta.dir, '../..')
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const manifest = JSON.parse(text('package.json'))

type Service = Record<string, unknown> & {
  image?: string
  environment?: Record<string, string>
  volumes?: string[]
  ports?: string[]
}

/** What the code reads from beside itself, packages aside. */
function filesRead(): string[] {
  const paths = ['src', 'db', 'jobs', 'views'].flatMap((folder) => [
    ...new Bun.Glob(`${folder}/**/*.{ts,tsx}`).scanSync(ROOT),
  ])
  return paths.flatMap((path) =>
    [...text(path).matchAll(/join\(import\.meta\.dir, '([^']+)'\)/g)]
      .map(([, beside = '']) => join(dirname(path), beside))
      .filter((name) => !name.startsWith('node_modules')),
  )
}

describe('the image', () => {
  const lines = text('deploy/Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
  const words = lines.map((line) => line.split(/\s+/))

  test('is made of instructions that there are, on the version of Bun that is locked', () => {
    const known = 'FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK CMD'.split(' ')
    for (const [instruction = ''] of words) expect(known).toContain(instruction)
    const bases = words.filter(([word]) => word === 'FROM').map(([, base]) => base)
    expect(new Set(bases)).toEqual(new Set([`oven/bun:${manifest.engines.bun}-slim`]))
    for (const line of lines.filter((each) => /^(CMD|HEALTHCHECK)/.test(each)))
      expect(JSON.parse(line.slice(line.indexOf('[')))).toBeArray()
  })

  test('holds every folder that the code imports from, and nothing that is not there', () => {
    const copied = words
      .filter(([word, flag]) => word === 'COPY' && !flag?.startsWith('--'))
      .flatMap((line) => line.slice(1, -1))
    for (const path of copied) expect(existsSync(join(ROOT, path)), path).toBe(true)
    const imported = Object.keys(manifest.imports)
      .filter((name) => name.endsWith('/*'))
      .map((name) => name.slice(1, -2))
    for (const folder of imported) expect(copied).toContain(folder)
    for (const name of filesRead())
      expect(
        copied.some((path) => `${name}/`.startsWith(`${path}/`)),
        name,
      ).toBe(true)
    const ignored = text('deploy/Dockerfile.dockerignore').split('\n')
    for (const path of copied) expect(ignored).toContain(`!${path}`)
  })

  test('does not run as root, and starts the server without installing', () => {
    expect(lines.indexOf('USER bun')).toBeGreaterThan(lines.findLastIndex((line) => line.startsWith('RUN')))
    expect(lines.at(-1)).toBe('CMD ["bun", "src/server.ts"]')
  })

  test.each([
    [200, 0],
    [503, 1],
    [421, 1],
  ])(
    'a health check that is answered with %p ends with %p, and asks for the public host',
    async (status, code) => {
      let host: string | null = null
      const server = Bun.serve({
        port: 0,
        hostname: '127.0.0.1',
        fetch: (request) => {
          host = request.headers.get('host')
          return new Response(null, { status })
        },
      })
      const check = Bun.spawn([process.execPath, 'deploy/check-health.ts'], {
        cwd: ROOT,
        env: { PORT: String(server.port), PUBLIC_URL: 'https://app.example.ie' },
      })
      expect(await check.exited).toBe(code)
      expect(String(host)).toBe('app.example.ie')
      await server.stop(true)
    },
  )
})

describe('compose.yaml', () => {
  const compose = Bun.YAML.parse(text('deploy/compose.yaml')) as {
    services: Record<string, Service>
    volumes: Record<string, unknown>
  }

  test('gives the app only settings that there are, and asks for variables that the example names', () => {
    for (const name of Object.keys(compose.services.app?.environment ?? {}))
      expect(Object.keys(settings.shape)).toContain(name)
    const named = [...text('deploy/env.production.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name)
    for (const [, name] of text('deploy/compose.yaml').matchAll(/\$\{(\w+)/g)) expect(named).toContain(name)
  })

  test('mounts what is there: volumes that are declared, and files beside it', () => {
    for (const { volumes = [] } of Object.values(compose.services))
      for (const [source = ''] of volumes.map((volume) => volume.split(':')))
        if (source.startsWith('.')) expect(existsSync(join(ROOT, 'deploy', source)), source).toBe(true)
        else expect(Object.keys(compose.volumes)).toContain(source)
  })

  test('opens no port to the network, pins every image, and lets the app write only its data', () => {
    const { app, ...others } = compose.services
    expect(app).toMatchObject({ read_only: true, cap_drop: ['ALL'], ports: ['127.0.0.1:3000:3000'] })
    for (const { ports, image } of Object.values(others)) {
      expect(ports).toBeUndefined()
      expect(image).toMatch(/:\d/)
    }
  })
})

test('the example of production is taken by the settings once its secrets are filled in', () => {
  const secret = 'x'.repeat(48)
  const lines = [...text('deploy/env.production.example').matchAll(/^(\w+)=(.*)$/gm)]
  const env = Object.fromEntries(lines.map(([, name, value]) => [name, value || secret]))
  const bare = Object.fromEntries(lines.map(([, name, value]) => [name, value]))
  expect(parseConfig(env)).toHaveProperty('config')
  expect(parseConfig(bare)).toMatchObject({ faults: [{ setting: 'JWT_SECRET' }] })
})

test.skipIf(!Bun.which('systemd-analyze'))('systemd finds nothing wrong with the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-unit-'))
  const path = join(folder, 'openhouse@3001.service')
  const unit = text('deploy/openhouse@.service')
  writeFileSync(
    path,
    unit
      .replace('/usr/local/bin/bun', process.execPath)
      .replace('/opt/openhouse', folder)
      .replaceAll('=openhouse\n', '=root\n'),
  )
  const verify = (file: string) =>
    spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
  expect(verify(path)).toMatchObject({ status: 0, stderr: '' })
  const wrong = join(folder, 'wrong@1.service')
  writeFileSync(wrong, readFileSync(path, 'utf8').replace('PrivateTmp=yes', 'PrivateTemp=yes'))
  expect(verify(wrong).stderr).toContain('PrivateTemp')
})

test.skipIf(!Bun.which('caddy')).each(['deploy/Caddyfile', 'deploy/Caddyfile.tls'])(
  'Caddy takes %s',
  (path) => {
    const words = ['validate', '--adapter', 'caddyfile', '--config', join(ROOT, path)]
    const { status, stderr } = spawnSync('caddy', words, { encoding: 'utf8' })
    expect({ status, said: stderr.trim().split('\n').at(-1) }).toMatchObject({ status: 0 })
  },
)

test('without Cloudflare nobody chooses the address they are counted by', () => {
  expect(text('deploy/Caddyfile.tls')).toContain('header_up CF-Connecting-IP {remote_host}')
})

test('the unit waits for the whole drain before it kills', () => {
  const unit = text('deploy/openhouse@.service')
  const notice = Number(/DRAIN_NOTICE_MS=(\d+)/.exec(text('deploy/env.production.example'))?.[1])
  const [jobs, requests] = ['JOBS_STOP_MS', 'DRAIN_TIMEOUT_MS'].map((name) =>
    Number(new RegExp(`${name} = ([\\d_]+)`).exec(text('src/server.ts'))?.[1]?.replaceAll('_', '')),
  ) as [number, number]
  expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1]) * 1_000).toBeGreaterThan(notice + jobs + requests)
})

test.each([...new Bun.Glob('deploy/*.sh').scanSync(ROOT)])('%s is a shell script', (path) => {
  expect(spawnSync('sh', ['-n', path], { cwd: ROOT, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  })
})

test('known faults of parts are asked for each week, by the version of Bun that is used, within stated time frames', () => {
  const workflow = Bun.YAML.parse(text('.github/workflows/parts.yaml')) as {
    permissions: Record<string, string>
    on: { schedule: { cron: string }[] }
    jobs: { faults: { steps: { run?: string }[] } }
  }
  expect(workflow.permissions).toEqual({ contents: 'read' })
  expect(workflow.on.schedule).toEqual([{ cron: '0 6 * * 1' }])
  expect(workflow.jobs.faults.steps.map(({ run }) => run)).toContain(
    `npx --yes bun@${manifest.engines.bun} audit --audit-level=high`,
  )
  expect(text('SECURITY.md').replaceAll(/\s+/g, ' ')).toContain('grave faults within 48 hours')
})

test('the workflow calls .ci/run and scripts that there are', () => {
  const workflow = Bun.YAML.parse(text('.github/workflows/ci.yaml')) as {
    permissions: Record<string, string>
    jobs: Record<string, { container: string; steps: { run?: string; uses?: string }[] }>
  }
  expect(workflow.permissions).toEqual({ contents: 'read' })
  const runs = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
  expect(runs).toContain('.ci/run')
  for (const [, script = ''] of runs.join('\n').matchAll(/bun@[\d.]+ run ([\w:-]+)/g))
    expect(Object.keys(manifest.scripts)).toContain(script)
  for (const [, version] of runs.join('\n').matchAll(/bun@([\d.]+)/g))
    expect(version).toBe(manifest.engines.bun)
})
