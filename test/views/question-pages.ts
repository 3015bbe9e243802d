// The pages about questions with invented props, for the gallery.
import { GoldenPage, type GoldenProps, type GoldenRunView } from '#views/developer/golden.tsx'
import { GapPage, type GapPageProps, KnowledgePage } from '#views/developer/knowledge.tsx'
import { AskedPage, GapListPage, type GapRowView } from '#views/developer/questions.tsx'
import { TestConsolePage } from '#views/developer/test-console.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { SavedPage } from '#views/purchaser/saved.tsx'
import { LONG_NAME, longStaffShell, shell, staffShell, upload } from './invented.ts'

const AT = new Date('2026-11-03T09:30:00Z')
const frame = { shell: staffShell, developmentId: 'dev-1', developmentName: 'Longview Park' }

const gap = (id: string, changes: Partial<GapRowView> = {}): GapRowView => ({
  id,
  question: 'When will the playground open?',
  homes: 4,
  questions: 6,
  askedBuilder: 2,
  wordings: ['When will the playground open?', 'What date does the playground open?'],
  houseTypes: ['BD01', 'BS01'],
  lastAskedAt: AT,
  answer: null,
  answeredAt: null,
  ...changes,
})

const gaps = [
  gap('g1'),
  gap('g2', {
    question: `${LONG_NAME} `.repeat(8).trim(),
    wordings: [],
    homes: 1,
    questions: 1,
    askedBuilder: 0,
  }),
]

const form: GapPageProps['form'] = {
  action: '/developer/questions/g1/answer',
  houseTypes: upload.houseTypes,
  onlyHome: { id: 'u1', address: '14 Longview Park' },
  values: { question: 'When will the playground open?', answer: '', houseTypes: ['BD01'], onlyHome: false },
  errors: {},
  submitLabel: 'Answer for everybody who asked',
}

const console = {
  ...frame,
  homes: [{ id: 'u1', label: '14 Longview Park (BD01)' }],
  values: { unitId: 'u1', question: '' },
  errors: {},
  result: null,
}

const goldenRun: GoldenRunView = {
  ...{ id: 'r1', passed: 18, total: 20, passedBefore: null, isBeforeReindex: false, isWaiting: false },
  ...{ decision: null, decidedBy: null, startedAt: AT },
}
const golden: GoldenProps = {
  ...frame,
  form: {
    houseTypes: [{ code: 'BD01', name: 'Three bedrooms' }],
    documents: [{ id: 'd1', title: 'Home user guide' }],
    values: { question: '', houseType: '', expects: 'answer', phrase: '', documentId: '', page: '' },
    errors: {},
  },
  questions: [
    {
      ...{ id: 'q1', question: 'What heating do I have?', expects: ['Says “heat pump”'], houseType: 'BD01' },
      ...{ author: 'Orla Invented', createdAt: AT },
    },
  ],
  runs: [goldenRun],
  failures: [
    { question: 'Where is the fuse board?', stage: 'gap', answer: 'I have nothing on that.', isLost: true },
  ],
  progress: null,
}

export const QUESTION_PAGES: Record<string, () => Html> = {
  'developer-questions': () =>
    GapListPage({ ...frame, status: 'open', gaps, nextUrl: '/developer/questions?cursor=x' }),
  'developer-questions-empty': () =>
    GapListPage({ ...frame, shell: longStaffShell, status: 'open', gaps: [], message: 'Answered.' }),
  'developer-questions-answered': () =>
    GapListPage({
      ...frame,
      status: 'answered',
      gaps: [gap('g3', { answer: 'It opens in spring.\n\nAnswered by your builder on 3 November 2026.' })],
    }),
  'developer-question': () => GapPage({ ...frame, gap: gap('g1'), form }),
  'developer-question-invalid': () =>
    GapPage({
      ...frame,
      gap: gap('g1'),
      form: { ...form, errors: { question: 'Too long.', answer: 'Empty.', houseTypes: 'ZZ is unknown.' } },
    }),
  'developer-asked': () =>
    AskedPage({
      ...frame,
      groups: [{ question: 'What heating do I have?', asked: 9, homes: 7, answered: 9 }],
      complaints: [
        { question: 'How do I set the heating?', answer: 'Press.', reason: 'No picture', at: AT },
        { question: 'Who cuts the grass?', answer: 'They do.', reason: null, at: AT },
      ],
    }),
  'developer-asked-empty': () => AskedPage({ ...frame, groups: [], complaints: [] }),
  'developer-knowledge': () =>
    KnowledgePage({
      ...frame,
      form: { ...form, onlyHome: null },
      knowledge: [
        {
          id: 'k1',
          question: 'When will the playground open?',
          answer: 'In spring.',
          homes: 'BD01, BD02',
          author: 'Orla Invented',
          createdAt: AT,
        },
      ],
    }),
  'developer-knowledge-empty': () =>
    KnowledgePage({ ...frame, form: { ...form, onlyHome: null }, knowledge: [] }),
  'developer-golden': () => GoldenPage(golden),
  'developer-golden-empty': () =>
    GoldenPage({ ...golden, questions: [], runs: [], failures: [], progress: null }),
  'developer-golden-asking': () => GoldenPage({ ...golden, progress: { done: 3, total: 20 } }),
  'developer-golden-waiting': () =>
    GoldenPage({
      ...golden,
      runs: [{ ...goldenRun, isBeforeReindex: true, isWaiting: true, passedBefore: 20 }],
    }),
  'developer-golden-invalid': () =>
    GoldenPage({
      ...golden,
      form: {
        ...golden.form,
        errors: { question: 'Too long.', phrase: 'Too long.', page: 'No page.', expects: 'Give a phrase.' },
      },
    }),
  'developer-test-console': () => TestConsolePage(console),
  'developer-test-console-answer': () =>
    TestConsolePage({
      ...console,
      values: { unitId: 'u1', question: 'What heating do I have?' },
      result: {
        stage: 'document',
        reason: 'passages',
        mode: 'extractive',
        text: 'A heat pump [1].',
        citations: [
          {
            title: 'Home user guide',
            page: 3,
            quote: 'A heat pump.',
            url: '/developer/documents/d1/file#page=3',
          },
        ],
        passages: [
          {
            ...{ title: 'Home user guide', page: 3, printedPage: 'A3', heading: 'Heating', coverage: 0.84 },
            ...{
              text: 'A heat pump heats your home.',
              isUsed: true,
              url: '/developer/documents/d1/file#page=3',
            },
          },
          {
            ...{ title: LONG_NAME, page: 12, printedPage: null, heading: null, coverage: 0.2 },
            ...{ text: LONG_NAME, isUsed: false, url: '/developer/documents/d2/file#page=12' },
          },
        ],
        steps: [{ stage: 'safety', outcome: 'passed', reason: '', ms: 0.2 }],
        filteredOut: 4,
        golden: {
          ...{ houseType: '', question: 'What heating do I have?', expects: 'answer', phrase: '' },
          ...{ documentId: 'd1', page: '3' },
        },
      },
    }),
  'developer-test-console-gap': () =>
    TestConsolePage({
      ...console,
      values: { unitId: 'u1', question: 'When will the playground open?' },
      result: {
        ...{ stage: 'gap', reason: 'no_evidence', mode: 'extractive', text: 'I could not find it.' },
        ...{ citations: [], passages: [], filteredOut: 0, golden: null },
        steps: [{ stage: 'safety', outcome: 'passed', reason: '', ms: 0.2 }],
      },
    }),
  saved: () =>
    SavedPage({
      shell,
      answers: [
        {
          question: 'What heating do I have?',
          excerpt: 'A heat pump.',
          savedAt: AT,
          url: '/conversations/c1',
        },
      ],
    }),
  'saved-empty': () => SavedPage({ shell, answers: [] }),
}
