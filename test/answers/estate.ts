// A home with facts, places and documents in memory, searched by the product's own index, for the answer tests.
import { answerQuestion } from '#src/answers/pipeline.ts'
import type {
  Answer,
  AnswerStream,
  ChatModel,
  Fact,
  FactScope,
  HomeContext,
  Place,
  RetrievedChunk,
  Sources,
  Turn,
} from '#src/answers/question.ts'
import { stem, wordsOf } from '#src/answers/wording.ts'
import { developmentIndex, search } from '#src/retrieval/development-index.ts'
import { questionWords } from '#src/retrieval/query-terms.ts'
import { buildSegment } from '#src/retrieval/segment.ts'

export const HOME: HomeContext = {
  developmentName: 'Longview Park',
  addressLine: '5 Longview Park, Ballyhooly Road, Cork, T23 X4Y5',
  unitNumber: '5',
  houseTypeCode: 'BD01',
  bedrooms: 3,
  floorAreaM2: 129.8,
  latitude: 51.9265,
  longitude: -8.4532,
  locationIsApproximate: false,
}

export const fact = (
  scope: FactScope,
  key: string,
  label: string,
  value: string,
  size: [number, number] | null = null,
): Fact => ({
  topic: key.split('.')[0] === 'room' ? 'rooms' : key.split('.')[0]!,
  key,
  label,
  value,
  lengthM: size?.[0] ?? null,
  widthM: size?.[1] ?? null,
  areaM2: size === null ? null : Math.round(size[0] * size[1] * 10) / 10,
  scope,
  source: 'Handover pack',
  recordedOn: '2026-02-16',
})

export const FACTS: Fact[] = [
  fact('development', 'emergency.gas', 'Gas emergency line', '1800 20 50 50'),
  fact('development', 'emergency.electricity', 'Electricity fault line', '1800 372 999'),
  fact('development', 'emergency.contact', 'Estate emergency line', '021 555 0142'),
  fact('development', 'emergency.stopcock', 'Stopcock inside the home', 'Under the kitchen sink'),
  fact('development', 'emergency.fuse_board', 'Fuse board', 'In the hall, beside the front door'),
  fact('development', 'contacts.office', 'Longview Estates customer care', '021 555 0140'),
  fact('development', 'management_company.name', 'Management company', 'Longview Park OMC CLG'),
  fact(
    'development',
    'bins.collection',
    'Bin collection',
    'Tuesdays: brown bin every week, black and green bins in alternate weeks',
  ),
  fact('development', 'bins.storage', 'Bin storage', 'In the timber bin store at the side passage'),
  fact('house_type', 'heating.system', 'Heating', 'Air-to-water heat pump, Kestrel KA-85'),
  fact('house_type', 'parking.spaces', 'Parking', 'Two spaces, side by side on the driveway'),
  fact('house_type', 'solar.panels', 'Solar panels', '12 photovoltaic panels'),
  fact('house_type', 'room.living', 'Living room', '5.20 m × 3.60 m', [5.2, 3.6]),
  fact('unit', 'room.living', 'Living room', '5.10 m × 3.50 m', [5.1, 3.5]),
  fact('house_type', 'room.kitchen', 'Kitchen / dining', '6.00 m × 3.20 m', [6, 3.2]),
  fact('house_type', 'room.bedroom_1', 'Bedroom 1', '4.60 m × 3.58 m', [4.6, 3.58]),
  fact('house_type', 'room.bedroom_2', 'Bedroom 2', '3.70 m × 3.20 m', [3.7, 3.2]),
  fact('unit', 'ber.rating', 'BER', 'A2'),
]

export const place = (
  name: string,
  category: string,
  latitude: number | null,
  longitude: number | null,
): Place => ({
  name,
  category,
  latitude,
  longitude,
  source: 'OpenStreetMap',
  recordedOn: '2026-03-02',
})

export const PLACES: Place[] = [
  place('Scoil Oilibhéir', 'primary_school', 51.92158, -8.45968),
  place('Cnoc Community College', 'secondary_school', 51.9301, -8.4611),
  place('Hilltop Stores', 'supermarket', 51.9281, -8.4561),
  place('Valley Market', 'supermarket', 51.9181, -8.4411),
  place('Ashgrove Pharmacy', 'pharmacy', 51.9259, -8.4501),
  place('Park Road bus stop', 'bus_stop', null, null),
]

type Page = { page: number; heading: string; text: string }
type Paper = { id: string; title: string; kind: string; pages: Page[] }

const PAPERS: Paper[] = [
  {
    id: 'guide',
    title: 'Home User Guide',
    kind: 'user_guide',
    pages: [
      {
        page: 3,
        heading: 'Water and the stopcock',
        text: 'Cold water reaches your home through one pipe from the road.\nThe stopcock is under the kitchen sink. Turn it clockwise to shut off the water.',
      },
      {
        page: 4,
        heading: 'Electricity and the fuse board',
        text: 'The fuse board is in the hall, beside the front door.\nIf there is no power, look at the main switch of the fuse board: if it has tripped, push it up.',
      },
      {
        page: 5,
        heading: 'Smoke and carbon monoxide alarms',
        text: 'Smoke alarms are in the hall and on the landing.\nTest every alarm once a week: press and hold the test button for five seconds.',
      },
      {
        page: 7,
        heading: 'How to bleed the system',
        text: 'Bleed the radiators once a year, in early September, before the heating season.\n1. Switch the heating off and wait until the radiators are cool.\n2. Open the vent a quarter turn with the key until water comes.',
      },
      {
        page: 8,
        heading: 'Ventilation',
        text: 'Clean the ventilation filters every three months, and more often while building work goes on nearby.',
      },
      {
        page: 9,
        heading: 'Appliances',
        text: 'The dishwasher has a warranty of 2 years from handover. Clean its filter every month.',
      },
    ],
  },
  {
    id: 'heating',
    title: 'Heating Guide',
    kind: 'manual',
    pages: [
      {
        page: 3,
        heading: 'Switching the heating on for the first time',
        text: 'Check that the switch of the heat pump at the fuse board is up. Leave it up for four hours.\nPress the round button on the controller for three seconds.',
      },
      {
        page: 4,
        heading: 'Slow and steady',
        text: 'It is normal with a heat pump that the heating is slow to warm up in the mornings.',
      },
      {
        page: 5,
        heading: 'Error codes',
        text: 'Error E6: the water flow in the heating circuit is too low. Open the radiator valves.\nError E3: the outdoor sensor is disconnected. Call the installer.',
      },
    ],
  },
  {
    id: 'guarantee',
    title: 'Hot Water Cylinder Guarantee',
    kind: 'warranty',
    pages: [
      {
        page: 1,
        heading: 'What is covered',
        text: 'The cylinder guarantee covers the stainless steel shell for 25 years and the parts for 2 years.',
      },
      {
        page: 2,
        heading: 'How to register the guarantee',
        text: 'Register the cylinder guarantee within 30 days of handover with the serial number on the rating plate.',
      },
    ],
  },
  {
    id: 'plan',
    title: 'House Type BD01 Floor Plan',
    kind: 'floor_plan',
    pages: [
      { page: 1, heading: 'Ground floor', text: 'Floor plan of house type BD01, ground floor, scale 1:100.' },
    ],
  },
  {
    id: 'elevation',
    title: 'House Type BD01 Elevations',
    kind: 'elevation',
    pages: [{ page: 1, heading: 'Front', text: 'Front elevation of house type BD01.' }],
  },
]

export const pageText = (documentId: string, page: number): string => {
  const found = PAPERS.find(({ id }) => id === documentId)?.pages.find((each) => each.page === page)
  return found === undefined ? '' : `${found.heading}\n${found.text}`
}

const lexemesOf = (text: string): string[] => wordsOf(text).map(stem)

function termsOf(text: string): { terms: string[]; counts: number[] } {
  const counts = new Map<string, number>()
  for (const term of lexemesOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1)
  return { terms: [...counts.keys()], counts: [...counts.values()] }
}

const index = developmentIndex(
  1,
  null,
  PAPERS.map((paper) =>
    buildSegment(
      {
        documentId: paper.id,
        versionId: paper.id,
        reading: 1,
        unitId: null,
        houseTypeIds: [],
        usedForAnswers: true,
      },
      paper.pages.map(({ page, heading, text }) => ({
        chunkId: `${paper.id}-${page}`,
        page,
        printedPage: null,
        heading,
        embedding: null,
        ...termsOf(`${paper.title} ${heading} ${text}`),
      })),
      null,
    ),
  ),
)

export function sources(changes: Partial<Sources> = {}): Sources {
  return {
    facts: async () => FACTS,
    places: async () => PLACES,
    retrieve: async ({ text, limit }) => {
      const words = questionWords(text)
      const found = search(
        index,
        { houseTypeId: 'any', unitId: 'any' },
        { lexemes: [...new Set(lexemesOf(words.join(' ')))], words, units: [], embedding: null, limit },
      )
      const chunks = found.candidates.map((candidate): RetrievedChunk => {
        const paper = PAPERS.find(({ id }) => id === candidate.documentId)!
        const content = pageText(paper.id, candidate.page)
        return {
          ...candidate,
          documentTitle: paper.title,
          documentKind: paper.kind,
          content,
          pageText: content,
        }
      })
      return { chunks, filteredOut: found.filteredOut, indexVersion: 1, timingsMs: {} }
    },
    documentsOfKind: async (kinds) =>
      PAPERS.filter(({ kind }) => kinds.includes(kind)).map(({ id, title, kind }) => ({
        documentId: id,
        title,
        kind,
        sizeBytes: 1_000,
      })),
    knowledge: async () => null,
    pageUrl: (documentId, page) => `/documents/${documentId}?page=${page}`,
    ...changes,
  }
}

export type AskOptions = {
  home?: Partial<HomeContext>
  history?: Turn[]
  sources?: Partial<Sources>
  model?: ChatModel | null
  stream?: AnswerStream
}

export function ask(text: string, options: AskOptions = {}): Promise<Answer> {
  const asked = {
    text,
    home: { ...HOME, ...options.home },
    history: options.history ?? [],
    requestId: 'req-1',
  }
  return answerQuestion(asked, sources(options.sources), options.model ?? null, options.stream)
}

export const turnOf = (question: string, answer: Answer): Turn => ({
  question,
  answer: answer.text,
  stage: answer.stage,
  offer: answer.offer,
})
