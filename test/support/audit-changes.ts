// What is changed at every writing route of the builder's portal and the console, one line a route, in this order.
export type Fields = Record<string, string | File>
/** The route; what is sent; and a statement that finds the ids in its path, in their order. */
export type Change = [route: string, fields?: Fields | ((ids: Ids) => Fields), ids?: string]
type Ids = { site: string; row: Record<string, string>; who: Record<string, string> }

const HERE = `development_id = (select id from developments where slug = 'longview-park')`
const home = (and = 'claimed_at is null') =>
  `select id from units where ${HERE} and ${and} order by number desc limit 1`
const paper = (and = 'deleted_at is null and deprecated_at is null and live_version_id is not null') =>
  `select id from documents where ${HERE} and ${and} order by id desc limit 1`
const version = (and: string) =>
  `select document_id, id from document_versions where ${HERE} and ${and} order by id desc limit 1`
const newest = (table: string, and = 'true') =>
  `select id from ${table} where ${HERE} and ${and} order by created_at desc, id desc limit 1`
const job = (states: string) => `select id from job_status where state in (${states}) order by id limit 1`

/** What the household would do, so that the builder has something to confirm. */
const ASKED_BY_HOUSEHOLD = `update home_transfers set started_by = 'household', household_confirmed_at = now(), builder_confirmed_at = null
  where ${HERE} and ended_at is null returning unit_id, id`
const place = {
  name: 'The chemist',
  category: 'pharmacy',
  latitude: '51.88',
  longitude: '-8.53',
  source: 'Walked there',
}
const words = { title: 'Look at the gutters', note: 'Once a year.' }
const homes = new File(['Unit,Type\n901,BD01\n'], 'homes.csv')

export const PORTAL: Change[] = [
  ['/developer/sign-in', ({ who }) => who],
  [
    '/developer/questions/:id/answer',
    { question: 'Where is it?', answer: 'Under the stairs.' },
    newest('gaps', `status = 'open'`),
  ],
  ['/developer/knowledge', { question: 'Where is the meter?', answer: 'Beside the door.' }],
  ['/developer/knowledge/:id/retirement', {}, newest('knowledge')],
  [
    '/developer/golden',
    {
      ...{ question: 'What of the boiler?', house_type: '', expects: 'answer' },
      ...{ phrase: 'boiler', document_id: '', page: '' },
    },
  ],
  ['/developer/golden/:id/removal', {}, newest('golden_questions')],
  [
    '/developer/golden-runs/:id/decision',
    { decision: 'accepted' },
    newest('golden_runs', `trigger = 'reindex'`),
  ],
  ['/developer/golden-runs'],
  ['/developer/homes/import', { file: homes }],
  ['/developer/homes/import/:id/confirmation', {}, newest('imports', `status = 'checked'`)],
  [
    '/developer/homes/:id/details',
    { address_line: '12 Longview Park', bedrooms: '4', floor_area_m2: '120' },
    home(),
  ],
  [
    '/developer/homes/:id/repairs',
    { kind: 'house_type', house_type: 'BS01', reason: 'It was entered wrongly' },
    home(`house_type_id <> (select id from house_types where ${HERE} and code = 'BS01')`),
  ],
  [
    '/developer/homes/:id/repairs/:repairId/undo',
    {},
    `select unit_id, id from home_repairs where ${HERE} order by created_at desc limit 1`,
  ],
  ['/developer/print-pack', ({ site }) => ({ development: site, status: 'unclaimed' })],
  ['/developer/homes/:id/card', {}, home()],
  ['/developer/homes/:id/access-code', {}, home()],
  ['/developer/homes/:id/access-code/rotation', {}, home()],
  ['/developer/homes/:id/link/rotation', {}, home()],
  ['/developer/homes/:id/transfers', { confirmed: 'yes' }, home('claimed_at is not null')],
  [
    '/developer/homes/:id/transfers/:transferId/withdrawal',
    {},
    `select unit_id, id from home_transfers where ${HERE} and ended_at is null order by created_at desc limit 1`,
  ],
  ['/developer/homes/:id/transfers/:transferId/confirmation', { confirmed: 'yes' }, ASKED_BY_HOUSEHOLD],
  ['/developer/documents', { kind: 'other' }],
  [
    '/developer/documents/:id/reingestion',
    {},
    paper(`id in (select document_id from document_versions where status = 'failed')`),
  ],
  ['/developer/documents/:id/expiry', { expires_on: '2031-01-01' }, paper()],
  ['/developer/documents/:id/deprecation', {}, paper()],
  ['/developer/documents/:id/restoration', {}, paper('deprecated_at is not null')],
  [
    '/developer/documents/:id/must-read',
    { change: 'begin' },
    paper('live_version_id is not null and must_read_from is null'),
  ],
  ['/developer/documents/:id/versions', {}, paper()],
  [
    '/developer/documents/:id/versions/:versionId/notes',
    { notes: 'A page was added.' },
    version(`status = 'ready'`),
  ],
  [
    '/developer/documents/:id/versions/:versionId/publication',
    {},
    version(
      `status = 'ready' and id not in (select live_version_id from documents where live_version_id is not null)`,
    ),
  ],
  ['/developer/documents/:id/deletion', { confirmed: 'yes' }, paper()],
  [
    '/developer/snags/:id',
    { status: 'seen', note: 'We come on Monday.' },
    newest('snags', `status = 'reported'`),
  ],
  [
    '/developer/contractor-links',
    ({ row }) => ({ contractor: 'Murphy Plumbing', days: '14', snags: row.id! }),
    newest('snags', 'closed_at is null'),
  ],
  ['/developer/contractor-links/:id/withdrawal', {}, newest('contractor_links')],
  [
    '/developer/responsibilities',
    {
      ...{ thing: 'Gates', party: 'management_company', party_name: 'Acme' },
      ...{ evidence: 'The lease, page 3', evidence_on: '2026-01-01' },
    },
  ],
  ['/developer/responsibilities/:id/removal', {}, newest('responsibilities')],
  ['/developer/maintenance', { ...words, kind: 'task', months: '12' }],
  ['/developer/maintenance/:id', { ...words, kind: 'task', months: '6' }, newest('maintenance_items')],
  ['/developer/maintenance/:id/removal', {}, newest('maintenance_items')],
  ['/developer/checklists', { ...words, checklist: 'handover' }],
  ['/developer/checklists/:id', { ...words, title: 'Look at the doors' }, newest('checklist_items')],
  ['/developer/checklists/:id/raising', {}, newest('checklist_items')],
  ['/developer/checklists/:id/removal', {}, newest('checklist_items')],
  ['/developer/notices', { title: 'Water off', body: 'On Monday from nine to ten.', category: 'utilities' }],
  ['/developer/notices/:id/withdrawal', {}, newest('notices', 'withdrawn_at is null')],
  ['/developer/jobs/:id/retry', {}, job(`'discarded', 'cancelled'`)],
  ['/developer/jobs/:id/cancel', {}, job(`'available', 'scheduled', 'retryable'`)],
  ['/developer/list-exports', ({ site }) => ({ list: 'homes', development: site })],
  ['/developer/places', place],
  ['/developer/places/kinds', { shown: 'pharmacy' }],
  ['/developer/places/:id', { ...place, latitude: '51.89' }, newest('places', `name = 'The chemist'`)],
  ['/developer/places/:id/removal', {}, newest('places', `name = 'The chemist'`)],
  ['/developer/homes/:id/pin', { latitude: '51.881', longitude: '-8.531' }, home()],
  ['/developer/renewal/reingestion'],
]

const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16)
const leePark = `select tenant_id, id from developments where slug = 'lee-park'`
const CHECKED = `with checked as (update imports set status = 'checked', checked_at = now(), is_dry_run = true
  where development_id in (select id from developments where slug = 'lee-park') returning tenant_id, development_id, id) select * from checked`
const UNCLAIMED =
  'select tenant_id, development_id from units group by 1, 2 having bool_and(claimed_at is null) order by count(*) desc limit 1'
export const HARBOUR = `select id from tenants where slug = 'harbour-homes'`
export const CONSOLE: Change[] = [
  ['/admin/sign-in', ({ who }) => who],
  ['/admin/incidents', { title: 'The lift is out', note: 'Since noon.' }],
  ['/admin/incidents/:id/acknowledgement', {}, 'select id from incidents order by id desc limit 1'],
  [
    '/admin/incidents/:id/notes',
    { note: 'Somebody looks at it.' },
    'select id from incidents order by id desc limit 1',
  ],
  [
    '/admin/incidents/:id/resolution',
    { note: 'It goes again.' },
    'select id from incidents order by id desc limit 1',
  ],
  [
    '/admin/jobs/actions',
    ({ row }) => ({ confirmed: 'cancel', ids: row.id! }),
    job(`'available', 'scheduled', 'retryable'`),
  ],
  ['/admin/jobs/kinds/:kind/pause', {}, `select 'ingest-document' as kind`],
  ['/admin/jobs/kinds/:kind/resume', {}, `select 'ingest-document' as kind`],
  ['/admin/jobs/tasks/:name/run', {}, `select 'evaluate-alerts' as name`],
  [
    '/admin/errors/:fingerprint/resolution',
    {},
    `insert into error_groups (fingerprint, source, title, occurrence_count, first_release, last_release)
    values (md5('one'), 'http', 'Something', 1, 'one', 'one') returning fingerprint`,
  ],
  ['/admin/logs/activity/verification'],
  [
    '/admin/tenants',
    {
      ...{ name: 'Cove Homes', slug: 'cove-homes' },
      ...{ admin_name: 'Una Cove', admin_email: 'una@cove.example' },
    },
  ],
  ['/admin/tenants/:id/suspension', {}, HARBOUR],
  ['/admin/tenants/:id/resumption', {}, HARBOUR],
  ['/admin/switches/:name', { setting: 'off' }, `select 'model_answers' as name`],
  ['/admin/limits/release', { policy: 'staff', key: 'somebody' }],
  [
    '/admin/provision',
    {
      ...{ name: 'Lee Homes', slug: 'lee-homes', admin_name: 'Lia Lee', admin_email: 'lia@lee.example' },
      ...{ development: 'Lee Park', address: 'Lee Road', locality: 'Cork', county: 'Cork' },
    },
  ],
  ['/admin/provision/:tenant/:development/import', { file: homes }, leePark],
  ['/admin/provision/:tenant/:development/confirmation', ({ row }) => ({ import: row.id! }), CHECKED],
  ['/admin/provision/:tenant/:development/cards', {}, UNCLAIMED],
  [
    '/admin/announcements',
    {
      message: 'A pause on Sunday.',
      audience: 'everyone',
      tone: 'plain',
      dismissable: 'yes',
      starts_at: at(1),
      ends_at: at(2),
    },
  ],
  ['/admin/announcements/:id/withdrawal', {}, 'select id from announcements order by id desc limit 1'],
  ['/admin/release-notes', { title: 'Something new', body: 'It is better now.' }],
  ['/admin/release-notes/:id/withdrawal', {}, 'select id from release_notes order by id desc limit 1'],
]
