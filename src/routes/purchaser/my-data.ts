// My data: what the law lets a person ask for, in the app itself.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { paths } from '#views/paths.ts'
import {
  type AccessView,
  AddressPage,
  type DetailsDone,
  type DetailsView,
  ErasedPage,
  ErasurePage,
  ExportItem,
  MyDataPage,
} from '#views/purchaser/my-data.tsx'
import { access } from '../../access/access.ts'
import type { PurchaserCaller } from '../../access/caller.ts'
import { clearedCookies } from '../../access/sessions.ts'
import { mailIsSetUp } from '../../clients/mail.ts'
import { exportFilePath } from '../../downloads.ts'
import { isFailure } from '../../failure.ts'
import { homeOf } from '../../homes.ts'
import { deviceName } from '../../http/device-name.ts'
import { limitOrThrow } from '../../http/limiting.ts'
import { policies } from '../../http/limits.ts'
import { seeOther } from '../../http/redirect.ts'
import { visitorOf } from '../../http/visitor.ts'
import {
  addressAsked,
  confirmAddress,
  correctOwnDetails,
  readOwnDetails,
  type TypedOwnDetails,
} from '../../people/own-details.ts'
import {
  findExport,
  type MyData,
  personOf,
  readMyData,
  requestErasure,
  requestExport,
  signOutEverywhere,
} from '../../people.ts'
import { shellOf } from './present.ts'

const itemParams = z.object({ id: z.uuid() })
/** Wider than the rules, which say in a sentence what is wrong. */
const typed = z.string().max(10_000).default('')
const token = z.string().max(2_048)
/** What the law gives a person waits for nothing. */
const forPurchaser = { forPurchaser: 'before_reading', detail: { hide: true } } as const

export const myData = new Elysia({ name: 'purchaser/my-data' })
  .use(access)
  .get('/my-data', ({ purchaser, query }) => page(purchaser, { done: query.done }), {
    ...forPurchaser,
    query: z.object({ done: z.enum(['saved', 'asked', 'confirmed']).optional() }),
  })
  .post(
    '/my-data/details',
    async ({ purchaser, body, request, set }) => {
      limitOrThrow({ request, set }, policies.own_details, purchaser.scope.actor.id)
      try {
        const done = await correctOwnDetails(purchaser.scope, person(purchaser), body)
        return seeOther(request, paths.myDataDone(done))
      } catch (error) {
        if (!isFailure(error, 'invalid') || !error.details.fields) throw error
        set.status = 422
        const errors = Object.fromEntries(error.details.fields.map(({ path, message }) => [path, message]))
        return page(purchaser, { values: body, errors })
      }
    },
    { ...forPurchaser, body: z.object({ full_name: typed, email: typed }) },
  )
  .get('/my-data/address', ({ purchaser, query }) => addressPage(purchaser, query.token), {
    ...forPurchaser,
    query: z.object({ token }),
  })
  .post(
    '/my-data/address',
    async ({ purchaser, body, request, set }) => {
      if ((await addressAsked(person(purchaser), body.token)) === null) {
        set.status = 422
        return addressPage(purchaser, body.token)
      }
      await confirmAddress(purchaser.scope, person(purchaser), body.token)
      return seeOther(request, paths.myDataDone('confirmed'))
    },
    { ...forPurchaser, body: z.object({ token }) },
  )
  .post(
    '/my-data/exports',
    async ({ purchaser, request }) => {
      await requestExport(purchaser.scope, person(purchaser))
      return seeOther(request, paths.myData())
    },
    forPurchaser,
  )
  .get(
    '/my-data/exports/:id',
    async ({ purchaser, params, request }) => {
      const copy = await findExport(purchaser.scope, person(purchaser), params.id)
      return request.headers.get('hx-request-type') === 'partial' ? ExportItem({ copy }) : page(purchaser)
    },
    { ...forPurchaser, params: itemParams },
  )
  .get(
    '/my-data/exports/:id/file',
    async ({ purchaser, params, request, set }) => {
      limitOrThrow({ request, set }, policies.downloads, purchaser.scope.actor.id)
      return seeOther(request, await exportFilePath(purchaser.scope, purchaser.purchaserId, params.id))
    },
    { ...forPurchaser, params: itemParams },
  )
  .post(
    '/my-data/sign-out',
    async ({ purchaser, request }) => {
      await signOutEverywhere(purchaser.scope, person(purchaser), purchaser.sessionId)
      return seeOther(request, paths.welcome(), clearedCookies('purchaser', visitorOf(request).policy))
    },
    forPurchaser,
  )
  .get(
    '/my-data/erasure',
    async ({ purchaser }) => ErasurePage({ shell: shellOf(await homeOf(purchaser.scope)) }),
    forPurchaser,
  )
  .post(
    '/my-data/erasure',
    async ({ purchaser, body, request, set }) => {
      if (body.confirmed !== 'yes') {
        set.status = 422
        const shell = shellOf(await homeOf(purchaser.scope))
        return ErasurePage({ shell, error: 'Tick the box to say that you are sure.' })
      }
      const { dueOn } = await requestErasure(purchaser.scope, person(purchaser), purchaser.sessionId)
      const cleared = clearedCookies('purchaser', visitorOf(request).policy)
      return seeOther(request, paths.erased({ due: dueOn }), cleared)
    },
    { ...forPurchaser, body: z.object({ confirmed: z.string().max(10).optional() }) },
  )
  .get(
    '/erased',
    ({ query }) => ErasedPage({ dueOn: query.due ? new Date(`${query.due}T12:00:00Z`) : null }),
    {
      forAnyone: 'who was erased has no session any more; the page names nobody',
      query: z.object({ due: z.iso.date().optional() }),
      detail: { hide: true },
    },
  )

const person = (purchaser: PurchaserCaller) => personOf(purchaser.scope, purchaser.purchaserId)

async function addressPage(purchaser: PurchaserCaller, token: string) {
  const [home, email] = await Promise.all([homeOf(purchaser.scope), addressAsked(person(purchaser), token)])
  return AddressPage({ shell: shellOf(home), email, token })
}

type Said = { done?: DetailsDone | undefined; values?: TypedOwnDetails; errors?: DetailsView['errors'] }

async function page(purchaser: PurchaserCaller, { done, values, errors = {} }: Said = {}) {
  const [home, data, own] = await Promise.all([
    homeOf(purchaser.scope),
    readMyData(purchaser.scope, person(purchaser), purchaser.sessionId),
    readOwnDetails(purchaser.scope, person(purchaser)),
  ])
  const recorded = own && { full_name: own.fullName, email: own.email ?? '' }
  return MyDataPage({
    shell: shellOf(home),
    details: recorded && { values: values ?? recorded, errors, isAsked: mailIsSetUp() },
    done,
    accesses: data.accesses.map(accessView),
    exports: data.exports,
    sessions: data.sessions.map(({ userAgent, createdAt, lastSeenAt, isCurrent }) => ({
      device: deviceName(userAgent),
      since: createdAt,
      lastSeenAt,
      isCurrent,
    })),
  })
}

const WHAT: Record<string, string> = {
  'document.file': 'Downloaded a document of your home',
  'unit.read': 'Opened the record of your home',
  'household.read': 'Opened the names of your household',
  'questions.read': 'Read questions of your home',
  'home.impersonated': 'Looked at the app as your home, without changing anything',
  'snag.read': 'Opened a snag that was reported for your home',
  'answer.asked': 'Asked a question for your home',
}

function accessView({ at, by, name, action, document }: MyData['accesses'][number]): AccessView {
  const who: Record<string, string> = {
    staff: name ? `${name}, your builder` : 'Your builder',
    api_client: name ? `The builder’s program “${name}”` : 'A program of your builder',
    super_admin: 'The operator of OpenHouse',
    system: 'OpenHouse itself',
  }
  return {
    at: new Date(at),
    who: who[by] ?? 'Somebody',
    what: document ? `Downloaded “${document}”` : (WHAT[action] ?? 'Opened something of your home'),
  }
}
