// What goes into the answer pipeline and what comes out of it: the shapes every stage shares.

export type Stage = 'safety' | 'refusal' | 'fact' | 'place' | 'document' | 'gap'
export type Mode = 'llm' | 'extractive'

/** The asker's own home. It carries no person: nothing of a purchaser reaches a stage or the model. */
export type HomeContext = {
  developmentName: string
  addressLine: string
  unitNumber: string
  houseTypeCode: string
  bedrooms: number | null
  floorAreaM2: number | null
  latitude: number | null
  longitude: number | null
  locationIsApproximate: boolean
}

/** What the assistant proposed at the end of an answer, so that "yes please" can carry it out. */
export type Offer =
  | { kind: 'ask_builder'; question: string }
  | { kind: 'show_downloads'; documentKinds: string[] }
  | { kind: 'list_rooms' }
  | { kind: 'list_places'; category: string }

export type Turn = { question: string; answer: string; stage: Stage; offer: Offer | null }

export type AskedQuestion = {
  text: string
  home: HomeContext
  /** Oldest first; the pipeline reads at most the last `HISTORY_TURNS_MAX` of it. */
  history: Turn[]
  requestId: string
}

export type FactScope = 'unit' | 'house_type' | 'development'

/** Emergency contacts are facts with the keys `emergency.gas`, `emergency.electricity`, `emergency.contact`. */
export type Fact = {
  topic: string
  key: string
  label: string
  value: string
  lengthM: number | null
  widthM: number | null
  areaM2: number | null
  scope: FactScope
  source: string
  recordedOn: string
}

export type Place = {
  /** What the map opens it by. */
  id?: string | undefined
  name: string
  category: string
  /** Null when only the name is on record. */
  latitude: number | null
  longitude: number | null
  source: string
  recordedOn: string
}

export type RetrievedChunk = {
  chunkId: string
  documentId: string
  versionId?: string | undefined
  documentTitle: string
  documentKind: string
  page: number
  printedPage: string | null
  heading: string | null
  content: string
  /** The whole text of the page, against which quotes are verified. */
  pageText: string
  score: number
  /** Idf-weighted share of the question's terms that the chunk holds, 0 to 1. */
  coverage: number
  matchedTerms: string[]
}

export type Retrieved = {
  chunks: RetrievedChunk[]
  filteredOut: number
  indexVersion: number
  timingsMs: Record<string, number>
}

export type DownloadCard = { documentId: string; title: string; kind: string; sizeBytes: number }

/** A staff answer for this home, with how near its question is to the one asked: see `same-question.ts`. */
export type Knowledge = {
  knowledgeId: string
  question: string
  answer: string
  similarity: number
  author: string
  answeredOn: string
}

/** Everything a stage may read. Each call is already limited to the asker's home; any of them may throw. */
export interface Sources {
  facts(): Promise<Fact[]>
  places(): Promise<Place[]>
  retrieve(query: { text: string; limit: number }): Promise<Retrieved>
  documentsOfKind(kinds: string[]): Promise<DownloadCard[]>
  knowledge(text: string): Promise<Knowledge | null>
  /** Address of a document opened at a page. */
  pageUrl(documentId: string, page: number): string
  /** Answers written before; without it every answer is written anew. */
  answers?: AnswerCache
}

/** What a written answer depends on besides the passages it was written from. */
export type WrittenFor = {
  question: string
  bedrooms: number | null
  indexVersion: number
  model: string
}

export interface AnswerCache {
  /** An answer to the same question, written from passages that are all among those retrieved for this home now. */
  find(asked: WrittenFor, retrievedChunkIds: readonly string[]): Promise<Decision | null>
  keep(asked: WrittenFor, writtenFromChunkIds: readonly string[], decision: Decision): Promise<void>
}

export type Citation = {
  documentId: string
  /** Which version was quoted; the document may have another by the time somebody looks. */
  versionId?: string | undefined
  title: string
  page: number
  printedPage: string | null
  quote: string
  url: string
}

/** A place with a pin that an answer speaks of. */
export type PlaceLink = { placeId: string; name: string }

export type EmergencyCard = { title: string; contacts: { label: string; number: string }[] }
export type Usage = { promptTokens: number; completionTokens: number; model: string }

export type StageName =
  | 'conversation'
  | 'safety'
  | 'privacy'
  | 'knowledge'
  | 'facts'
  | 'places'
  | 'retrieval'
  | 'compose'
  | 'cite'
  | 'gap'
export type StageLog = {
  stage: StageName
  outcome: 'decided' | 'passed' | 'failed'
  reason: string
  ms: number
}

export type RetrievalLog = {
  candidates: { chunkId: string; documentId: string; page: number; score: number; coverage: number }[]
  chunksUsed: string[]
  filteredOut: number
  indexVersion: number
  timingsMs: Record<string, number>
}

export type Answer = {
  stage: Stage
  /** Machine-readable cause within the stage, such as `gas`, `other_home` or `no_evidence`. */
  reason: string
  mode: Mode
  /** Plain text with light lists ("- ") and inline `[n]` marks that index `citations` from 1. */
  text: string
  citations: Citation[]
  downloads: DownloadCard[]
  emergency: EmergencyCard | null
  places?: PlaceLink[] | undefined
  offer: Offer | null
  /** True when staff should see the question because nothing on record answers it. */
  gap: boolean
  /** The staff answer that was given, if one was. */
  knowledgeId: string | null
  /** The question as understood, follow-ups resolved: what a gap row should hold. */
  resolvedQuestion: string
  usage: Usage | null
  log: StageLog[]
  retrieval: RetrievalLog | null
  /** True when the model broke off after its first word. */
  incomplete: boolean
}

/** What a stage decides; the pipeline adds the question, the log and the retrieval record. */
export type Decision = Pick<Answer, 'stage' | 'reason' | 'text'> &
  Partial<
    Pick<
      Answer,
      | 'mode'
      | 'citations'
      | 'downloads'
      | 'emergency'
      | 'places'
      | 'offer'
      | 'gap'
      | 'knowledgeId'
      | 'usage'
      | 'incomplete'
    >
  >

export type { ChatMessage, ChatModel } from '#src/clients/chat-model.ts'

export type AnswerStream = { token(text: string): Promise<void>; signal: AbortSignal }
