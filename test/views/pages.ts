// Every page and state of the three portals by name, rendered with invented props.

import { Alerts } from '#views/admin/alerts.tsx'
import { JobStates, OverviewPage, TenantTable } from '#views/admin/overview.tsx'
import { AdminSignInPage } from '#views/admin/sign-in.tsx'
import type { FailureCode } from '#views/developer/document-status.tsx'
import { DeveloperDocumentsPage } from '#views/developer/documents.tsx'
import { DeveloperSignInPage } from '#views/developer/sign-in.tsx'
import { TodayPage } from '#views/developer/today.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { ErrorPage } from '#views/layout/error.tsx'
import { BrokenPanel } from '#views/parts/broken-panel.tsx'
import { paths } from '#views/paths.ts'
import { ChatPage } from '#views/purchaser/chat.tsx'
import { ClaimPage, NoHomePage, UnknownLinkPage } from '#views/purchaser/claim.tsx'
import { DocumentPage } from '#views/purchaser/document.tsx'
import { DocumentsPage } from '#views/purchaser/documents.tsx'
import { HomePage } from '#views/purchaser/home.tsx'
import { IntroPage } from '#views/purchaser/intro.tsx'
import { AddressPage, ErasedPage, ErasurePage, MyDataPage } from '#views/purchaser/my-data.tsx'
import { PrivacyPage } from '#views/purchaser/privacy.tsx'
import { tenureWords } from '#views/tenure-words.ts'
import { AROUND_HOME_PAGES } from './around-home-pages.ts'
import { DOCUMENT_PAGES } from './document-pages.ts'
import { HOME_LIFE_PAGES } from './home-life-pages.ts'
import { HOME_PAGES } from './home-pages.ts'
import { IMPORT_PAGES } from './import-pages.ts'
import { INSIGHT_PAGES } from './insight-pages.ts'
import * as invented from './invented.ts'
import { JOB_PAGES } from './job-pages.ts'
import { MOVING_ON_PAGES } from './moving-on-pages.ts'
import { PLACE_PAGES } from './place-pages.ts'
import { QUESTION_PAGES } from './question-pages.ts'
import { SETTINGS_PAGES } from './settings-pages.ts'
import { SIGN_IN_PAGES } from './sign-in-pages.ts'

const { shell, longShell, staffShell, longStaffShell, adminShell, row } = invented

const chat = {
  shell,
  greetingName: 'Áine and Tom',
  suggestions: invented.suggestions,
  conversationId: null,
  latest: { title: 'How do I change the heating times?', url: paths.conversation('c0') },
  newAnswers: [],
  messages: [],
  requestKey: 'k1',
}

const reading = {
  evaluatedAt: new Date('2026-11-24T10:00:00Z'),
  firingSince: null,
  burnShort: 0,
  burnLong: 0.4,
  badCount: 2,
  totalCount: 5_120,
}
const alerts = {
  rules: [
    { name: 'availability', title: 'Requests fail', meaning: 'Answers with a status of 500.', reading },
    {
      name: 'queue',
      title: 'Jobs wait too long',
      meaning: 'Minutes in which a job waited.',
      reading: { ...reading, firingSince: new Date('2026-11-24T09:40:00Z'), burnShort: 200, burnLong: 90.12 },
    },
    { name: 'budget', title: 'A builder has used its model', meaning: 'Of the day.', reading: null },
  ],
  incidents: [
    {
      id: 'i1',
      rule: 'queue',
      title: 'Jobs wait too long',
      createdAt: new Date('2026-11-24T09:40:00Z'),
      acknowledgedAt: null,
      resolvedAt: null,
    },
  ],
  toldBy: ['webhook'],
}

const documentView = {
  shell,
  title: 'Home user guide',
  kindLabel: 'User guide',
  page: 12,
  printedPage: '10',
  pages: 48,
  blocks: [
    { kind: 'heading' as const, segments: [{ text: '4.2 Heating times', marked: false }] },
    {
      kind: 'paragraph' as const,
      segments: [
        { text: 'The controller stands in the hall. ', marked: false },
        { text: 'Press the clock button twice to change the heating times.', marked: true },
        { text: ' Each zone has its own times.', marked: false },
      ],
    },
  ],
  fileUrl: paths.documentFile('d1', { page: 12 }),
  previousUrl: paths.document('d1', { page: 11 }),
  nextUrl: paths.document('d1', { page: 13 }),
}

const FAILURES: FailureCode[] = [
  'file_empty',
  'type_mismatch',
  'unreadable',
  'password_protected',
  'needs_ocr',
  'too_complex',
  'too_many_pages',
  'storage_lost',
  'ingestion_failed',
]

const homeDocuments = {
  ...{ shell, groups: invented.documentGroups, total: 4, newCount: 1, newSince: invented.AT },
  ...{ search: '', isNewOnly: false },
}
const documents = [
  row('r1', {
    title: 'Heating guide',
    pages: null,
    chunks: null,
    ingestion: { status: 'queued', stage: 'stored', progress: null, failureCode: null },
  }),
  row('r2', {
    title: 'Specification BD01',
    houseTypes: ['BD01', 'BD02'],
    chunks: null,
    ingestion: {
      status: 'processing',
      stage: 'extracting',
      progress: { done: 18, total: 48 },
      failureCode: null,
    },
  }),
  row('r3'),
  row('r4', {
    title: '281-MHL-BD01-ZZ-DR-A-0270_S4_P01_Proposed_General_Arrangement_Ground_Floor',
    chunks: null,
    pages: null,
    ingestion: { status: 'failed', stage: 'extracting', progress: null, failureCode: 'needs_ocr' },
    olderLiveVersion: 2,
    isDeprecated: true,
  }),
]

const days = Array.from({ length: 30 }, (_, i) => ({
  label: `${i + 1} Nov`,
  activeHomes: (i * 7) % 11,
  questions: (i * 5) % 9,
}))

const today = {
  shell: staffShell,
  developmentId: 'dev-1',
  developmentName: 'Longview Park',
  words: tenureWords('sale'),
  periodDays: 30,
  homes: { total: 75, handedOver: 60, handedOverClaimed: 41 },
  activation: { now: 68, before: 61 },
  active: { thisWeek: 23, lastWeek: 23 },
  answers: { now: 91, before: 94, answered: 140, unanswered: 14 },
  waiting: { now: 6, before: 2 },
  coverage: { now: 83, gaps: 18 },
  mustRead: { now: 40, acknowledged: 30, required: 75 },
  documents: { total: 1_207, ready: 1_204, processing: 2, failed: 1 },
  snags: { open: 12, before: 9, late: 3, oldestDays: 41, saidDone: 0 },
  funnel: { printed: 75, scanned: 52, claimed: 41, asked: 33 },
  days,
  openQuestions: [
    {
      question: 'Who looks after the boundary wall at the back of the garden?',
      homes: 4,
      url: paths.developer.question('g1'),
    },
    { question: 'Can I put a shed in the front garden?', homes: 1, url: paths.developer.question('g2') },
  ],
}

const developerDocuments = {
  shell: staffShell,
  developmentName: 'Longview Park',
  coverageUrl: paths.developer.coverage({ development: 'dev-1' }),
  acknowledgementsUrl: paths.developer.acknowledgements({ development: 'dev-1' }),
  reindexUrl: paths.developer.reindex({ development: 'dev-1' }),
  renewalUrl: paths.developer.renewal({ development: 'dev-1' }),
  upload: invented.upload,
  storage: {
    usedBytes: 1_240_000_000,
    parts: { documents: 1_205_000_000, pictures: 31_000_000, exports: 4_000_000 },
    bytesMax: 20_000_000_000,
  },
  documents,
}

const home = {
  shell,
  handingOver: null,
  maintenance: 'Next: Heat pump service, 3 Mar 2027',
  summary: '3-bed detached, house type BD01',
  groups: [
    {
      title: 'Rooms',
      facts: [
        { label: 'Living room', value: '5.20 × 3.90 m, 20.3 m²', note: null },
        { label: 'Kitchen and dining', value: '6.10 × 3.40 m, 20.7 m²', note: 'Typical of your house type' },
      ],
    },
    {
      title: 'Heating',
      facts: [{ label: 'System', value: 'Air-to-water heat pump, three zones', note: null }],
    },
  ],
  contacts: [
    { label: 'Customer care', number: '+353 21 555 0100', note: 'Mon to Fri, 9:00 to 17:00' },
    { label: 'Emergency services', number: '112', note: null },
  ],
}

const tenant = (id: string, name: string) => ({
  id,
  name,
  slug: id,
  developments: 2,
  homes: 75,
  claimedHomes: 41,
  documents: 24,
  questions: 1_310,
  createdAt: invented.AT,
})

const jobs = [
  { state: 'available' as const, count: 3 },
  { state: 'running' as const, count: 2 },
  { state: 'retryable' as const, count: 0 },
  { state: 'completed' as const, count: 10_578 },
  { state: 'discarded' as const, count: 1 },
]

export const PAGES: Record<string, () => Html> = {
  'no-home': () => NoHomePage({}),
  claim: () => ClaimPage({ publicId: 'p1', developmentName: 'Longview Park' }),
  'claim-branded': () =>
    ClaimPage({
      publicId: 'p1',
      developmentName: 'Longview Park',
      brand: { accent: '#a8752c', logoUrl: null },
    }),
  'claim-wrong-code': () =>
    ClaimPage({
      publicId: 'p1',
      developmentName: 'Longview Park',
      failure: { kind: 'wrong_code' },
      accessCode: 'AB-123',
    }),
  'claim-too-many-tries': () =>
    ClaimPage({
      publicId: 'p1',
      developmentName: longShell.developmentName,
      failure: { kind: 'too_many_tries', waitSeconds: 95 },
    }),
  'claim-preparing': () =>
    ClaimPage({ publicId: 'AAAA', developmentName: 'Longview Park', failure: { kind: 'preparing' } }),
  'claim-unknown-link': () => UnknownLinkPage(),
  intro: () => IntroPage({ developmentName: 'Longview Park', purchaserNames: shell.purchaserNames }),
  'intro-long': () =>
    IntroPage({ developmentName: longShell.developmentName, purchaserNames: longShell.purchaserNames }),
  privacy: () =>
    PrivacyPage({ controllerName: 'Longview Estates', contactEmail: 'privacy@longview.example' }),
  'chat-empty': () => ChatPage(chat),
  'chat-empty-long': () =>
    ChatPage({
      ...chat,
      shell: longShell,
      greetingName: invented.LONG_NAME,
      suggestions: [invented.LONG_NAME, ...chat.suggestions.slice(1)],
    }),
  'chat-new-answer': () =>
    ChatPage({
      ...chat,
      newAnswers: [{ question: 'When will the playground open?', url: paths.conversation('c2') }],
    }),
  'chat-answers': () => ChatPage({ ...chat, messages: invented.conversation, conversationId: 'c1' }),
  'chat-other-answers': () => ChatPage({ ...chat, messages: invented.otherAnswers, conversationId: 'c1' }),
  'chat-refused': () =>
    ChatPage({
      ...chat,
      messages: invented.conversation.slice(0, 2),
      draft: 'And one more thing',
      error: 'That was quick. Please wait 12 seconds before the next question.',
    }),
  documents: () => DocumentsPage(homeDocuments),
  'documents-long': () => DocumentsPage({ ...homeDocuments, shell: longShell }),
  'documents-empty': () => DocumentsPage({ ...homeDocuments, groups: [], total: 0 }),
  'documents-not-found': () => DocumentsPage({ ...homeDocuments, groups: [], search: invented.LONG_NAME }),
  'documents-none-new': () => DocumentsPage({ ...homeDocuments, groups: [], isNewOnly: true, newCount: 0 }),
  document: () => DocumentPage(documentView),
  'document-drawing': () =>
    DocumentPage({ ...documentView, blocks: [], page: 1, printedPage: null, previousUrl: null }),
  home: () => HomePage(home),
  'home-handing-over': () => HomePage({ ...home, handingOver: { awaitsYou: true } }),
  'home-empty': () => HomePage({ ...home, shell: longShell, groups: [], contacts: [] }),
  'my-data': () => MyDataPage(invented.myData),
  'my-data-empty': () =>
    MyDataPage({
      ...{ shell, details: null, accesses: [], exports: [] },
      sessions: invented.myData.sessions.slice(0, 1),
    }),
  'my-data-asked': () => MyDataPage({ ...invented.myData, done: 'asked' }),
  'my-data-wrong': () =>
    MyDataPage({
      ...invented.myData,
      details: {
        values: { full_name: '', email: 'aoife at home' },
        errors: {
          full_name: 'Write your name as it should be shown.',
          email: 'This is not one e-mail address.',
        },
        isAsked: false,
      },
    }),
  address: () => AddressPage({ shell, email: `${'aoife.'.repeat(30)}@homes.example`, token: 't' }),
  'address-run-out': () => AddressPage({ shell, email: null, token: 't' }),
  erasure: () => ErasurePage({ shell }),
  'erasure-unconfirmed': () =>
    ErasurePage({ shell: longShell, error: 'Tick the box to say that you are sure.' }),
  erased: () => ErasedPage({ dueOn: invented.AT }),
  'developer-sign-in': () => DeveloperSignInPage({}),
  'developer-sign-in-wrong': () =>
    DeveloperSignInPage({
      email: 'orla@longview.example',
      next: '/developer/documents',
      failure: { kind: 'wrong' },
    }),
  'developer-sign-in-wait': () =>
    DeveloperSignInPage({ failure: { kind: 'too_many_tries', waitSeconds: 40 } }),
  'developer-today': () => TodayPage(today),
  'developer-today-empty': () =>
    TodayPage({
      ...today,
      shell: longStaffShell,
      developmentName: longShell.developmentName,
      homes: { total: 0, handedOver: 0, handedOverClaimed: 0 },
      activation: { now: null, before: null },
      answers: { now: null, before: null, answered: 0, unanswered: 0 },
      coverage: { now: null, gaps: 0 },
      mustRead: { now: null, acknowledged: 0, required: 0 },
      documents: { total: 0, ready: 0, processing: 0, failed: 0 },
      funnel: { printed: 0, scanned: 0, claimed: 0, asked: 0 },
      openQuestions: [],
    }),
  'developer-documents': () =>
    DeveloperDocumentsPage({ ...developerDocuments, nextUrl: '/developer/documents?cursor=x' }),
  'developer-documents-empty': () =>
    DeveloperDocumentsPage({ ...developerDocuments, shell: longStaffShell, documents: [] }),
  'developer-documents-invalid': () =>
    DeveloperDocumentsPage({
      ...developerDocuments,
      upload: {
        ...invented.upload,
        errors: { file: 'Choose at least one PDF file.', title: 'At most 200 characters.' },
      },
      message: { tone: 'error', text: 'Nothing was uploaded. Please check the form.' },
    }),
  'developer-documents-full': () =>
    DeveloperDocumentsPage({
      ...developerDocuments,
      storage: {
        usedBytes: 19_990_000_000,
        parts: { documents: 19_990_000_000, pictures: 0, exports: 0 },
        bytesMax: 20_000_000_000,
      },
    }),
  'developer-documents-failures': () =>
    DeveloperDocumentsPage({
      ...developerDocuments,
      documents: FAILURES.map((failureCode) =>
        row(failureCode, { ingestion: { status: 'failed', stage: 'stored', progress: null, failureCode } }),
      ),
    }),
  ...HOME_PAGES,
  ...MOVING_ON_PAGES,
  ...AROUND_HOME_PAGES,
  ...HOME_LIFE_PAGES,
  ...SETTINGS_PAGES,
  ...PLACE_PAGES,
  ...SIGN_IN_PAGES,
  ...IMPORT_PAGES,
  ...QUESTION_PAGES,
  ...DOCUMENT_PAGES,
  ...INSIGHT_PAGES,
  ...JOB_PAGES,
  'admin-sign-in': () => AdminSignInPage({ failure: { kind: 'ended' } }),
  'admin-overview': () =>
    OverviewPage({
      shell: adminShell,
      alerts: Alerts(alerts),
      tenants: TenantTable({
        tenants: [
          tenant('longview', 'Longview Estates'),
          tenant('harbour', longStaffShell.person.organisation),
        ],
      }),
      jobs: JobStates({ jobs }),
    }),
  'admin-overview-empty': () =>
    OverviewPage({
      shell: adminShell,
      alerts: Alerts({ rules: [], incidents: [], toldBy: [] }),
      tenants: TenantTable({ tenants: [] }),
      jobs: BrokenPanel({ title: 'Jobs', requestId: '0198f2c47a317000800001b2c3d4e5f6' }),
    }),
  'error-404': () => ErrorPage({ status: 404, requestId: '0198f2c4-7a31-7000-8000-1b2c3d4e5f60' }),
  'error-500': () => ErrorPage({ status: 500, requestId: '0198f2c4-7a31-7000-8000-1b2c3d4e5f60' }),
  'error-429': () =>
    ErrorPage({
      status: 429,
      sentence: 'Please try again in 40 seconds.',
      requestId: '0198f2c4-7a31-7000-8000-1b2c3d4e5f60',
    }),
}
