// Invented props for every view: ordinary, long, empty and failed. Nobody in here exists.
import type { DocumentRowView } from '#views/developer/documents.tsx'
import type { UploadOptions } from '#views/developer/upload-form.tsx'
import { kindOptions } from '#views/document-kinds.ts'
import type { PurchaserShell } from '#views/layout/purchaser.tsx'
import type { StaffShell } from '#views/layout/staff.tsx'
import { paths } from '#views/paths.ts'
import type { RatingView } from '#views/purchaser/answer-rating.tsx'
import type { DocumentGroup } from '#views/purchaser/documents.tsx'
import type { CitationView, MessageView } from '#views/purchaser/message.tsx'
import type { MyDataProps } from '#views/purchaser/my-data.tsx'

export const AT = new Date('2026-03-14T09:26:00Z')

export const LONG_NAME =
  'Prof. Dr. Caoimhe Ní Mháille-O’Shaughnessy von Hohenlohe-Schillingsfürst, the younger & Fionnán Mac Giolla Phádraig'

export const shell: PurchaserShell = {
  developmentName: 'Longview Park',
  address: '14 Longview Park, Ballyhooly Road',
  purchaserNames: ['Áine Ní Bhriain', 'Tom O’Dowd'],
}

export const longShell: PurchaserShell = {
  developmentName: 'The Residences at Saint Finbarr’s Upper Glanmire Bridge Demesne Phase Two',
  address: 'Apartment 1204, Block C, The Residences at Saint Finbarr’s Upper Glanmire Bridge Demesne, Cork',
  purchaserNames: [
    LONG_NAME,
    'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Ó Súilleabháin',
    'Li Wu',
    'Żaneta Ś.',
  ],
}

const citation = (
  index: number,
  title: string,
  page: number,
  printedPage: string | null = null,
): CitationView => ({
  index,
  title,
  page,
  printedPage,
  quote: 'Press the clock button twice to change the heating times.',
  url: paths.document(`d${index}`, { page, quote: `c${index}` }),
})

const message = (id: string, changes: Partial<MessageView>): MessageView => ({
  id,
  role: 'assistant',
  paragraphs: [],
  stage: 'document',
  note: null,
  citations: [],
  downloads: [],
  emergency: null,
  gap: null,
  later: null,
  rating: null,
  incomplete: false,
  createdAt: AT,
  ...changes,
})

const rating = (messageId: string, changes: Partial<RatingView> = {}): RatingView => ({
  messageId,
  feedback: null,
  isDone: true,
  isSaved: false,
  feedbackUrl: paths.messageFeedback(messageId),
  saveUrl: paths.messageSaved(messageId),
  ...changes,
})

export const question = (id: string, text: string) =>
  message(id, { role: 'purchaser', stage: null, paragraphs: [{ kind: 'paragraph', text }] })

export const heatingAnswer = (id: string) =>
  message(id, {
    paragraphs: [
      { kind: 'paragraph', text: 'Your home is heated by an air-to-water heat pump with three zones [1].' },
      { kind: 'paragraph', text: 'To change the times:' },
      {
        kind: 'list',
        items: [
          'Press the clock button twice [1].',
          'Choose the zone with the arrows.',
          'Set on and off, then press OK [2].',
        ],
      },
    ],
    citations: [citation(1, 'Home user guide', 12), citation(2, 'Heating guide', 5, '3')],
    rating: rating(id),
  })

export const conversation: MessageView[] = [
  question('q1', 'How do I change the heating times?'),
  heatingAnswer('a1'),
  question('q2', 'Can I see the floor plan?'),
  message('a2', {
    paragraphs: [{ kind: 'paragraph', text: 'Here is the floor plan of your house type BD01.' }],
    downloads: [
      { title: 'Floor plan BD01', kind: 'Floor plan', url: paths.documentFile('d3'), sizeBytes: 1_240_000 },
    ],
  }),
]

export const otherAnswers: MessageView[] = [
  question('q3', 'I smell gas in the kitchen!'),
  message('a3', {
    stage: 'safety',
    paragraphs: [
      {
        kind: 'paragraph',
        text: 'Leave the house now and leave the door open. Do not use switches, phones or flames inside.',
      },
      { kind: 'paragraph', text: 'Call from outside, and wait there.' },
    ],
    emergency: {
      title: 'This is an emergency',
      contacts: [
        { label: 'Gas Networks Ireland, 24 hours', number: '1800 20 50 50' },
        { label: 'Emergency services', number: '112' },
      ],
    },
  }),
  question('q4', 'What colour is the render of the garden wall?'),
  message('a4', {
    stage: 'gap',
    paragraphs: [{ kind: 'paragraph', text: 'I could not find this in the documents of your home.' }],
    gap: { id: 'g1', status: 'offered', askUrl: paths.gapRequest('g1'), byBuilder: false },
  }),
  question('q5', 'Who looks after the green?'),
  message('a5', {
    stage: 'gap',
    paragraphs: [{ kind: 'paragraph', text: 'The builder is looking into it.' }],
    gap: { id: 'g2', status: 'asked', askUrl: paths.gapRequest('g2'), byBuilder: false },
  }),
  question('q7', 'When will the playground open?'),
  message('a7', {
    stage: 'gap',
    paragraphs: [{ kind: 'paragraph', text: 'I could not find this in the documents of your home.' }],
    gap: { id: 'g3', status: 'answered', askUrl: paths.gapRequest('g3'), byBuilder: true },
    later: {
      blocks: [
        { kind: 'paragraph', text: 'It opens when phase two is finished, in spring.' },
        { kind: 'paragraph', text: 'Answered by your builder on 3 November 2026.' },
      ],
      citations: [],
    },
    rating: rating('a7', { feedback: 'not_helpful', isDone: false, isSaved: true }),
  }),
  question('q6', 'How long is the boiler warranty <b>really</b>?'),
  message('a6', {
    note: 'This is quoted word for word from your documents, not written by an AI model.',
    paragraphs: [
      { kind: 'paragraph', text: 'From Warranty terms of the heat pump, p. 128:' },
      { kind: 'quote', text: '“The heat pump is covered for seven years from handover.” [1]' },
      { kind: 'paragraph', text: 'A stray mark [9] stays text.' },
    ],
    citations: [
      citation(1, 'Warranty terms of the heat pump, the solar panels and the ventilation unit', 128),
      citation(2, 'Home user guide', 12),
    ],
  }),
]

export const suggestions = [
  'How do I change the heating times?',
  'When are the bins collected?',
  'Show me my floor plan',
  'What does the warranty cover?',
]

const item = (id: string, title: string, scopeLabel: string | null = null) => ({
  id,
  title,
  pages: id === 'd1' ? 1 : 24,
  sizeBytes: 2_400_000,
  addedAt: AT,
  isNew: id === 'd2',
  scopeLabel,
  viewUrl: paths.document(id),
  fileUrl: paths.documentFile(id),
})

export const documentGroups: DocumentGroup[] = [
  {
    kind: 'user_guide',
    label: 'User guides',
    documents: [item('d1', 'Home user guide'), item('d2', 'Heating guide')],
  },
  { kind: 'floor_plan', label: 'Floor plans', documents: [item('d3', 'Floor plan BD01', 'House type BD01')] },
  {
    kind: 'warranty',
    label: 'Warranties',
    documents: [
      item(
        'd4',
        'Warranty terms of the heat pump, the solar panels, the ventilation unit and everything fitted with them',
      ),
      item(
        'd5',
        '281-MHL-BD01-ZZ-DR-A-0270_S4_P01_Proposed_General_Arrangement_Ground_Floor',
        'Your home only',
      ),
    ],
  },
]

const developments = [
  { id: 'dev-1', name: 'Longview Park', selected: true },
  { id: 'dev-2', name: 'Rathard Park', selected: false },
]

export const staffShell: StaffShell = {
  portal: 'developer',
  person: { name: 'Orla Keane', email: 'orla@longview.example', organisation: 'Longview Estates' },
  developments,
}

export const longStaffShell: StaffShell = {
  portal: 'developer',
  person: {
    name: LONG_NAME,
    email: 'a-very-long-mailbox-name.with.many.parts@residences-at-saint-finbarrs.example',
    organisation: 'Consolidated Harbour & Hinterland Homebuilding Holdings (Munster) DAC',
  },
  developments: [{ id: 'dev-3', name: longShell.developmentName, selected: true }],
}

export const adminShell: StaffShell = {
  portal: 'admin',
  person: { name: 'Sam Operator', email: 'sam@openhouse.example', organisation: 'OpenHouse' },
  developments: [],
}

export const upload: UploadOptions = {
  trayUrl: paths.developer.uploadTray({ development: 'dev-1' }),
  action: paths.developer.documents({ development: 'dev-1' }),
  kinds: kindOptions(),
  houseTypes: [
    { code: 'BS01', name: 'Semi, 3-bed' },
    { code: 'BD01', name: 'Detached, 3-bed' },
    { code: 'BD03', name: 'Detached, 4-bed' },
    { code: 'BT01', name: 'Terrace' },
    { code: 'BZ01', name: 'Duplex' },
  ],
  fileSizeBytesMax: 100_000_000,
}

export const flags: DocumentRowView['flags'] = [
  { kind: 'without_text', pages: 3 },
  { kind: 'large', sizeBytes: 24_000_000 },
  { kind: 'expired', on: '2025-03-14' },
  { kind: 'expires_soon', on: '2026-12-01' },
]

export const row = (id: string, changes: Partial<DocumentRowView> = {}): DocumentRowView => ({
  id,
  title: 'Home user guide',
  flags: id === 'r3' ? flags : [],
  kindLabel: 'User guide',
  homeAddress: null,
  houseTypes: [],
  ingestion: { status: 'ready', stage: 'ready', progress: null, failureCode: null },
  pages: 48,
  chunks: 212,
  sizeBytes: 3_200_000,
  addedAt: AT,
  isDeprecated: false,
  olderLiveVersion: null,
  ...changes,
})

const copy = (id: string, more: Partial<MyDataProps['exports'][number]>) => ({
  id,
  state: 'working' as const,
  progress: { done: 1, total: 3 },
  sizeBytes: null,
  expiresAt: null,
  createdAt: AT,
  ...more,
})

export const myData: MyDataProps = {
  shell,
  details: { values: { full_name: LONG_NAME, email: 'aoife@homes.example' }, errors: {}, isAsked: true },
  accesses: [
    { at: AT, who: 'Niamh Byrne, your builder', what: 'Opened the record of your home' },
    {
      at: AT,
      who: `${LONG_NAME}, your builder`,
      what: `Downloaded “${'Certificate of compliance '.repeat(6)}”`,
    },
  ],
  exports: [
    copy('x1', {}),
    copy('x2', { state: 'ready', sizeBytes: 48_200, expiresAt: AT }),
    copy('x3', { state: 'failed' }),
  ],
  sessions: [
    { device: 'Safari on iPhone', since: AT, lastSeenAt: AT, isCurrent: true },
    { device: 'A browser', since: AT, lastSeenAt: AT, isCurrent: false },
  ],
}
