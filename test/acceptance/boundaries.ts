// The walls: what belongs to another builder or home answers exactly like what does not exist; and the limits.
import { policies } from '#src/http/limits.ts'
import { demand, demandSame } from './checklist.ts'
import { cookiesOf, moveIn, send, type World } from './world.ts'

const RANDOM_ID = '01890000-0000-7000-8000-000000000000'
/** Different in every answer, and nobody's. */
const withoutRequest = (body: string, id: string) =>
  body
    .replaceAll(id, 'ID')
    .replace(/[0-9a-f]{32}/g, 'REQUEST')
    .replace(/"?request_id"?[^,}]*/g, '')

type Target = { path: (id: string) => string; id: string }

export async function acceptBoundaries(world: World): Promise<void> {
  const { list, estate, other } = world
  list.area('Boundaries')
  const ids = await idsOf(world)
  const same = async (targets: Target[], caller: { key?: string; cookie?: string }) => {
    for (const { path, id } of targets) {
      const [foreign, random] = [
        await send(world, path(id), caller),
        await send(world, path(RANDOM_ID), caller),
      ]
      const bodies = [
        withoutRequest(await foreign.text(), id),
        withoutRequest(await random.text(), RANDOM_ID),
      ]
      demandSame([foreign.status, random.status], [404, 404], path('…'))
      demand(bodies[0] === bodies[1], `${path('…')} tells foreign from missing`)
    }
    return `${targets.length} addresses: 404, the same bytes as for a random id`
  }
  await list.point('another builder’s key', () => same(apiTargets(ids), { key: other.key }))
  await list.point('another builder’s admin', async () =>
    same(portalTargets(ids), { cookie: await cookiesOf(other.adminPage) }),
  )
  await list.point('another home of the same site', async () => {
    const neighbour = estate.homes.find(({ houseType }) => houseType === 'BS02')
    demand(neighbour, 'there is no neighbour')
    const page = await moveIn(world, neighbour)
    const cookie = await cookiesOf(page)
    await page.context().close()
    return same(
      [
        { path: (id) => `/documents/${id}`, id: ids.otherTypeDocument },
        { path: (id) => `/documents/${id}/file`, id: ids.otherTypeDocument },
        { path: (id) => `/conversations/${id}`, id: ids.conversation },
        { path: (id) => `/snags/${id}`, id: ids.snag },
        { path: (id) => `/snags/${id}/photo`, id: ids.snag },
      ],
      { cookie },
    )
  })
  await list.point('lists and figures hold one’s own rows only', async () => {
    const response = await send(world, '/api/v1/units?limit=100', { key: other.key })
    const { data } = (await response.json()) as { data: { id: string }[] }
    const own = new Set(other.homes.map(({ unitId }) => unitId))
    demandSame(
      [data.length, data.every(({ id }) => own.has(id))],
      [other.homes.length, true],
      'units of the other',
    )
    return `${data.length} units, all its own`
  })
  await list.point('a guess at another’s development in query and body is refused alike', async () => {
    const asked = await send(world, `/api/v1/units?development_id=${estate.developmentId}`, {
      key: other.key,
    })
    const random = await send(world, `/api/v1/units?development_id=${RANDOM_ID}`, { key: other.key })
    demandSame(asked.status, random.status, 'statuses')
    const bodies = [
      withoutRequest(await asked.text(), estate.developmentId),
      withoutRequest(await random.text(), RANDOM_ID),
    ]
    demand(bodies[0] === bodies[1], 'the bodies differ')
    return `both ${asked.status}, the same bytes`
  })
  await list.point('every page carries its defences', async () => {
    const response = await send(world, '/developer/sign-in')
    const headers = [
      'content-security-policy',
      'x-content-type-options',
      'referrer-policy',
      'permissions-policy',
      'cross-origin-opener-policy',
    ]
    const missing = headers.filter((name) => !response.headers.has(name))
    demandSame(missing, [], 'missing headers')
    const csp = response.headers.get('content-security-policy') ?? ''
    demand(!csp.includes('unsafe-inline') && !csp.includes('unsafe-eval'), csp)
    if (world.url.startsWith('https:')) demand(response.headers.has('strict-transport-security'), 'no HSTS')
    return csp.slice(0, 100)
  })
  await list.point('no browser complained of a script or a policy', async () => {
    demandSame(world.complaints, [], 'complaints')
    return 'none, over all pages of this run'
  })
}

async function idsOf(world: World) {
  const { tenantId } = world.estate
  const one = async (table: string) =>
    (await world.sql.unsafe(`select id from ${table} where tenant_id = $1 limit 1`, [tenantId]))[0]?.id ??
    RANDOM_ID
  const [typed] =
    await world.sql`select d.id from documents d join document_house_types t on t.document_id = d.id
    join house_types h on h.id = t.house_type_id where d.tenant_id = ${tenantId} and h.code = 'BD01' limit 1`
  const [conversation] =
    await world.sql`select c.id from conversations c where c.tenant_id = ${tenantId} and c.unit_id = ${world.estate.homes[0]?.unitId ?? ''} limit 1`
  return {
    ...{
      document: await one('documents'),
      unit: await one('units'),
      snag: await one('snags'),
      gap: await one('gaps'),
    },
    ...{
      job: await one('job_status'),
      houseType: await one('house_types'),
      fact: await one('facts'),
      notice: await one('notices'),
    },
    ...{ development: world.estate.developmentId, import: await one('imports'), place: await one('places') },
    ...{ otherTypeDocument: typed?.id ?? '', conversation: conversation?.id ?? '' },
  } as Record<string, string> & { otherTypeDocument: string; conversation: string; snag: string }
}

type Ids = Awaited<ReturnType<typeof idsOf>>

const apiTargets = (ids: Ids): Target[] =>
  (
    [
      ['documents', 'document'],
      ['units', 'unit'],
      ['snags', 'snag'],
      ['gaps', 'gap'],
      ['jobs', 'job'],
      ['house-types', 'houseType'],
      ['facts', 'fact'],
      ['notices', 'notice'],
      ['developments', 'development'],
      ['imports', 'import'],
      ['places', 'place'],
    ] as const
  ).map(([resource, name]) => ({ path: (id) => `/api/v1/${resource}/${id}`, id: ids[name] ?? '' }))

const portalTargets = (ids: Ids): Target[] =>
  (
    [
      ['documents', 'document'],
      ['homes', 'unit'],
      ['snags', 'snag'],
      ['questions', 'gap'],
      ['jobs', 'job'],
      ['homes/import', 'import'],
    ] as const
  ).map(([resource, name]) => ({ path: (id) => `/developer/${resource}/${id}`, id: ids[name] ?? '' }))

/** What stood under these names at first, where it is now, and what counts it. */
const MAPPING: [
  seed: string,
  now: string,
  policy: keyof typeof policies,
  ask: (world: World, cookie: string, at: number) => Promise<Response>,
][] = [
  [
    '/api/chat',
    'POST /chat',
    'chat',
    (world, cookie, at) =>
      send(world, '/chat', { cookie, form: { question: `Where is the stopcock, asked ${at} times?` } }),
  ],
  [
    '/api/public/*',
    'POST /api/public/client-errors',
    'client_errors',
    (world) =>
      send(world, '/api/public/client-errors', {
        method: 'POST',
        body: JSON.stringify({ message: 'acceptance', page: '/' }),
        headers: { 'content-type': 'application/json' },
      }),
  ],
  [
    '/api/public/*',
    'GET /developer/password/:token',
    'public',
    (world) => send(world, '/developer/password/nobodys'),
  ],
  [
    '/h/*, /api/qr/*',
    'GET /h/:publicId (unknown link)',
    'link_unknown',
    (world) => send(world, `/h/${'A'.repeat(22)}`),
  ],
  [
    'sign-in',
    'POST /developer/sign-in',
    'sign_in',
    (world) =>
      send(world, '/developer/sign-in', {
        form: { email: 'nobody@nowhere.example', password: 'not the password' },
      }),
  ],
]

/** The last area: whoever comes after it from this address has to wait. */
export async function acceptLimits(world: World): Promise<void> {
  const { list, estate } = world
  list.area('Limits: where the addresses of the seed are, and what counts them')
  const home = estate.homes[2]
  demand(home, 'there is no home')
  const page = await moveIn(world, home)
  const cookie = await cookiesOf(page)
  await page.context().close()
  for (const [seed, now, name, ask] of MAPPING)
    await list.point(`${seed} → ${now}, policy ${name}`, async () => {
      const { burst, intervalMs } = policies[name]
      for (let at = 1; at <= burst + 2; at++) {
        const response = await ask(world, cookie, at)
        await response.body?.cancel()
        if (response.status !== 429) continue
        const wait = response.headers.get('retry-after')
        demand(Number(wait) > 0, `429 without Retry-After: ${wait}`)
        return `${burst} at once, then one every ${intervalMs / 1_000} s; 429 at request ${at} of this run, Retry-After ${wait} s`
      }
      throw new Error(`no 429 in ${burst + 2} requests`)
    })
}
