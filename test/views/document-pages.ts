// One document's pages in the builder's portal, its comparison, the index and the coverage, with invented props.
import { CoveragePage } from '#views/developer/coverage.tsx'
import { DeveloperDocumentPage, DocumentDeletionPage } from '#views/developer/document.tsx'
import { DocumentComparisonPage, DocumentVersionPage } from '#views/developer/document-version.tsx'
import { ReindexPage } from '#views/developer/reindex.tsx'
import { RenewalPage, type RenewalProps } from '#views/developer/renewal.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { paths } from '#views/paths.ts'
import * as invented from './invented.ts'

const { longShell, staffShell, longStaffShell } = invented

const ready = { status: 'ready' as const, stage: 'ready' as const, progress: null, failureCode: null }
const version = (number: number, changes = {}) => ({
  id: `v${number}`,
  number,
  isLive: number === 2,
  ingestion: ready,
  pages: 48,
  passages: 212,
  sizeBytes: 3_200_000,
  notes: null,
  addedAt: invented.AT,
  ...changes,
})
const passage = {
  number: 12,
  page: 7,
  printedPage: '5',
  heading: '4.2 Heating times',
  text: 'Press the clock button twice to change the heating times.',
}
const developerDocument = {
  shell: staffShell,
  id: 'd1',
  title: 'Home user guide',
  kindLabel: 'User guide',
  homeAddress: null,
  houseTypes: ['BD01'],
  backUrl: paths.developer.documents({ development: 'dev-1' }),
  state: {
    id: 'd1',
    liveNumber: 2,
    deprecatedAt: null,
    versions: [
      version(3, {
        pages: null,
        passages: null,
        notes: invented.LONG_NAME,
        ingestion: { status: 'failed', stage: 'extracting', progress: null, failureCode: 'needs_ocr' },
      }),
      version(2),
      version(1, { notes: 'First issue' }),
    ],
    olderUrl: null,
    rereading: { state: 'running' as const, done: 3, total: 48 },
  },
  passages: [passage],
  passagesUrl: paths.developer.documentVersion('d1', 'v2'),
  oldAnswers: {
    count: 31,
    newest: [
      {
        versionNumber: 1,
        page: 7,
        quote: passage.text,
        home: 'No. 12',
        houseType: 'BD01',
        answeredAt: invented.AT,
      },
    ],
  },
  flags: invented.flags,
  expiry: { value: '2036-11-03', problem: undefined },
  mustRead: { from: 1, live: 2, required: 75, acknowledged: 30 },
  fileSizeBytesMax: 100_000_000,
  notesLengthMax: 2_000,
}
const emptyDocument = {
  ...developerDocument,
  shell: longStaffShell,
  title: invented.LONG_NAME,
  flags: [],
  expiry: { value: '31/2', problem: 'This is not a date such as 3/11/2026.' },
  homeAddress: '12 Longview Park',
  houseTypes: [],
  state: {
    ...developerDocument.state,
    liveNumber: null,
    deprecatedAt: invented.AT,
    versions: [version(1, { isLive: false, ingestion: { ...ready, status: 'queued', stage: 'stored' } })],
    rereading: { state: 'failed' as const, code: 'storage_lost' },
  },
  passages: [],
  passagesUrl: null,
  oldAnswers: { count: 0, newest: [] },
  mustRead: null,
  message: { tone: 'warning' as const, text: 'This is the same file as the version that homes see already.' },
}
const estimate = {
  target: 'text-embedding-3-small, 512',
  current: null,
  chunks: 5_210,
  chunksToEmbed: 812,
  tokens: 96_400,
  costEur: 0.0019,
  progress: null,
  review: null,
}

const renewing = (
  id: string,
  more: Partial<RenewalProps['documents'][number]> = {},
): RenewalProps['documents'][number] => ({
  ...{ id, title: 'BER certificate', kindLabel: 'BER', homeAddress: null, houseTypes: ['BD01'] },
  now: { number: 2, pages: 4, on: invented.AT },
  before: { number: 1, pages: null, on: invented.AT },
  ...{ change: 'renewed', expiry: 'expired', expiresOn: invented.AT },
  ...more,
})
const renewal: RenewalProps = {
  ...{ shell: staffShell, developmentId: 'dev-1', developmentName: 'Longview Park' },
  ...{ today: invented.AT, yearAgo: invented.AT, rereading: 2, message: '2 documents will be read again.' },
  documents: [
    renewing('d1'),
    renewing('d2', { before: null, change: 'new', expiry: 'soon', title: invented.LONG_NAME }),
    renewing('d3', { change: 'unchanged', expiry: 'none', expiresOn: null, houseTypes: [] }),
    renewing('d4', { expiry: 'later' }),
  ],
  coverage: {
    ...{ gaps: 3, gapsThen: 7, cells: 90 },
    lines: [
      { code: 'BD01', name: 'Detached', homes: 2, missing: ['BER', 'Warranty'], gapsThen: 4 },
      { code: 'BS01', name: 'Semi', homes: 38, missing: [], gapsThen: 3 },
    ],
  },
  estimate: { passages: 5_210, tokens: 96_400, costEur: 0.0019 },
}

export const DOCUMENT_PAGES: Record<string, () => Html> = {
  'developer-renewal': () => RenewalPage(renewal),
  'developer-renewal-empty': () =>
    RenewalPage({
      ...{ ...renewal, shell: longStaffShell, documents: [], rereading: 0, message: undefined },
      coverage: { gaps: 0, gapsThen: 0, cells: 0, lines: [] },
      estimate: { passages: 0, tokens: 0, costEur: null },
    }),
  'developer-document': () => DeveloperDocumentPage(developerDocument),
  'developer-document-empty': () => DeveloperDocumentPage(emptyDocument),
  'developer-document-deletion': () =>
    DocumentDeletionPage({ shell: staffShell, id: 'd1', title: invented.LONG_NAME, versions: 3 }),
  'developer-document-version': () =>
    DocumentVersionPage({
      shell: staffShell,
      documentId: 'd1',
      title: 'Home user guide',
      version: version(1, { notes: 'First issue' }),
      notesLengthMax: 2_000,
      passages: [passage],
      nextUrl: paths.developer.documentVersion('d1', 'v1', { cursor: 'x' }),
      message: 'The notes are saved.',
    }),
  'developer-document-comparison': () =>
    DocumentComparisonPage({
      shell: staffShell,
      documentId: 'd1',
      title: 'Home user guide',
      from: 1,
      to: 2,
      removed: 1,
      added: 2,
      isExact: false,
      isWhole: false,
      parts: [
        { kind: 'same', hidden: 12, paragraphs: [{ page: 3, text: '4.2 Heating times', isHeading: true }] },
        {
          kind: 'removed',
          hidden: 0,
          paragraphs: [{ page: 3, text: 'Press the clock once.', isHeading: false }],
        },
        { kind: 'added', hidden: 0, paragraphs: [{ page: 4, text: invented.LONG_NAME, isHeading: false }] },
      ],
    }),
  'developer-document-comparison-same': () =>
    DocumentComparisonPage({
      shell: longStaffShell,
      documentId: 'd1',
      title: invented.LONG_NAME,
      from: 1,
      to: 2,
      removed: 0,
      added: 0,
      isExact: true,
      isWhole: true,
      parts: [],
    }),
  'developer-reindex': () =>
    ReindexPage({
      shell: staffShell,
      developmentName: 'Longview Park',
      reindex: { developmentId: 'dev-1', estimate },
    }),
  'developer-reindex-waiting': () =>
    ReindexPage({
      shell: staffShell,
      developmentName: 'Longview Park',
      reindex: {
        developmentId: 'dev-1',
        estimate: {
          ...estimate,
          review: { passed: 17, passedBefore: 20, total: 20, isWaiting: true, isRejected: false },
        },
      },
    }),
  'developer-reindex-running': () =>
    ReindexPage({
      shell: staffShell,
      developmentName: 'Longview Park',
      reindex: {
        developmentId: 'dev-1',
        estimate: { ...estimate, progress: { stage: 'embedding', done: 12, total: 812 } },
      },
    }),
  'developer-reindex-without-model': () =>
    ReindexPage({
      shell: longStaffShell,
      developmentName: longShell.developmentName,
      reindex: { developmentId: 'dev-1', estimate: null },
    }),
  'developer-coverage': () =>
    CoveragePage({
      shell: staffShell,
      developmentId: 'dev-1',
      developmentName: 'Longview Park',
      gaps: 2,
      cells: 3,
      kinds: [
        { kind: 'manual', label: 'Manual' },
        { kind: 'floor_plan', label: 'Floor plan' },
        { kind: 'ber', label: 'BER certificate' },
      ],
      lines: [
        {
          code: 'BD01',
          name: 'Detached, 3 bedrooms',
          homes: 2,
          cells: [
            { kind: 'manual', documents: 3, homesWithOwn: 0, isGap: false, lostQuestions: 0 },
            { kind: 'floor_plan', documents: 0, homesWithOwn: 0, isGap: true, lostQuestions: 12 },
            { kind: 'ber', documents: 0, homesWithOwn: 1, isGap: true, lostQuestions: 0 },
          ],
        },
      ],
    }),
  'developer-coverage-empty': () =>
    CoveragePage({
      shell: longStaffShell,
      developmentId: 'dev-1',
      developmentName: longShell.developmentName,
      gaps: 0,
      cells: 0,
      kinds: [],
      lines: [],
    }),
}
