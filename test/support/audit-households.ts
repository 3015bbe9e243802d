// What is changed at every writing route of a home's app and of a contractor's link, one line a route, in this order.
import type { Change } from './audit-changes.ts'

/** Stands for the home's id in the statements below. */
export const UNIT = ':unit'
const HOME = `(select id, tenant_id, development_id from units where id = '${UNIT}')`
const TODAY = new Date().toISOString().slice(0, 10)
const OWN = { title: 'Clean the gutters', note: '', first_due_on: TODAY, months: '12' }
const own = (table: string) =>
  `select id from ${table} where unit_id = '${UNIT}' order by created_at desc, id desc limit 1`
const toRead = (title: string) =>
  `select d.id, d.live_version_id as version from documents d join ${HOME} h on h.development_id = d.development_id where d.title = '${title}'`
/** What the builder would do, so that the household has something to confirm; and nothing is to be read before. */
const STARTED_BY_BUILDER = `with read as (update documents set must_read_from = null)
  insert into home_transfers (tenant_id, development_id, unit_id, started_by, builder_confirmed_at, expires_at)
  select tenant_id, development_id, id, 'builder', now(), now() + interval '20 days' from ${HOME} h returning id`
const MESSAGE = `select m.id from messages m join conversations c on c.id = m.conversation_id where c.unit_id = '${UNIT}' and m.stage = 'gap'
  order by m.id desc limit 1`

export const HOUSEHOLD: Change[] = [
  ['/must-read/:id', ({ row }) => ({ read: 'yes', version: row.version! }), toRead('Paper number 1')],
  ['/must-read/:id', ({ row }) => ({ read: 'yes', version: row.version! }), toRead('Paper number 2')],
  [
    '/snags',
    {
      ...{ room: 'Kitchen', category: 'plumbing', description: 'The tap drips all night.' },
      photo: new File([], ''),
    },
  ],
  ['/maintenance', OWN],
  ['/maintenance/:id/done', { due_on: TODAY }, own('maintenance_items')],
  ['/maintenance/done/:id/removal', {}, own('maintenance_done')],
  ['/maintenance/:id/removal', {}, own('maintenance_items')],
  ['/maintenance/calendar'],
  ['/maintenance/calendar/removal'],
  [
    '/checklists/:id',
    { done: 'yes' },
    `insert into checklist_items (tenant_id, development_id, checklist, title, position)
      select tenant_id, development_id, 'handover', 'Look at the doors', 900 from ${HOME} h returning id`,
  ],
  ['/my-data/details', { full_name: 'Áine Ní Bhriain', email: 'aine@homes.example' }],
  [
    '/my-data/address',
    ({ row }) => ({ token: row.token! }),
    `select substring(body from 'my-data/address[?]token=([-A-Za-z0-9_.]+)') as token from mails
      where body like '%my-data/address%' order by created_at desc limit 1`,
  ],
  ['/maintenance/reminders', { by_mail: 'yes' }],
  ['/my-data/exports'],
  ['/preferences', { mail: 'mail:notices', language: 'en' }],
  ['/moving-on', { confirmed: 'yes' }],
  [
    '/moving-on/:id/withdrawal',
    {},
    `select id from home_transfers where unit_id = '${UNIT}' and ended_at is null order by created_at desc limit 1`,
  ],
]

/** After each nobody is signed in any more, so each is the act of another home. */
export const LAST_ACTS: Change[] = [
  ['/my-data/sign-out'],
  ['/my-data/erasure', { confirmed: 'yes' }],
  ['/moving-on/:id/confirmation', { confirmed: 'yes' }, STARTED_BY_BUILDER],
]

/** What leaves no row, and why; in this order, by one who is signed in until the last. */
type Unlogged = [route: string, fields: NonNullable<Change[1]>, ids: string, why: string]
export const WITHOUT_ROW: Unlogged[] = [
  [
    '/welcome',
    { access_code: 'https://homes.example/h/0123456789abcdefghijkl' },
    'select 1 where false',
    'sends a typed link on to its page; nothing is kept, and a claim that follows is logged',
  ],
  ['/intro', {}, 'select 1 where false', 'that somebody saw the three slides is a mark on their own row'],
  [
    '/chat',
    { question: 'Where would Quetzalcoatl keep the obsidian spatulas?' },
    'select 1 where false',
    'a question has a log of its own with its request id; what people ask is not for their builder’s activity log',
  ],
  [
    '/messages/:id/feedback',
    { verdict: 'not_helpful', reason: 'It was no answer.' },
    MESSAGE,
    'what somebody thinks of an answer stands at the answer, and its builder sees it counted, not who thought it',
  ],
  ['/messages/:id/saved', { saved: 'yes' }, MESSAGE, 'a bookmark of one’s own, seen by nobody else'],
  [
    '/gaps/:id/request',
    {},
    `select id from gaps where unit_id = '${UNIT}' order by created_at desc limit 1`,
    'the time stands at the question itself, which the builder reads without who asked it',
  ],
  [
    '/notices/:id/read',
    {},
    `select n.id from notices n join ${HOME} h on h.development_id = n.development_id
      where n.withdrawn_at is null and n.publish_at < now() order by n.id limit 1`,
    'a receipt is a row of its own, with who and when',
  ],
  [
    '/announcements/:id/dismissal',
    {},
    `insert into announcements (message, audience, starts_at, ends_at, dismissable_at)
      values ('A pause on Sunday.', 'everyone', now(), now() + interval '1 day', now()) returning id`,
    'put away for one session, and gone with it',
  ],
  ['/sign-out', {}, 'select 1 where false', 'the session’s own row says when it ended'],
]
