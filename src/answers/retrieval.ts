// Stage 5: documents asked for by name, then passages of the home's documents.
import { CITATIONS_MAX, citationOf, standsOnPage } from '#src/answers/cite.ts'
import { type Evidence, evidenceFor } from '#src/answers/evidence.ts'
import type {
  Citation,
  Decision,
  DownloadCard,
  HomeContext,
  RetrievalLog,
  Retrieved,
  RetrievedChunk,
  Sources,
} from '#src/answers/question.ts'
import { respelled } from '#src/answers/respelling.ts'
import { isRoom } from '#src/answers/rooms.ts'
import { contentStems, fold, sentencesOf } from '#src/answers/wording.ts'

export const RETRIEVED_CHUNKS_MAX = 12
/** A page named under an answer speaks at least of a good part of what was asked. */
const RELATED_COVERAGE_MIN = 0.35

type Kind = { kind: string; name: string; asked: RegExp }

/** Documents people ask to see. The kinds are those of `document_kind`. */
const KINDS: Kind[] = [
  {
    kind: 'floor_plan',
    name: 'floor plan',
    asked:
      /\b(?:floor ?plans?|house plans?|layout|lay-out|(?:plans?|drawings?) (?:of|for) (?:my|the|our) (?:house|home|ground floor|first floor|upstairs|apartment)|room plans?|plano|rzut|grundriss|planta)\b/,
  },
  {
    kind: 'elevation',
    name: 'elevation drawing',
    asked: /\b(?:elevations?|drawings? of the (?:front|back|outside|facade|exterior))\b/,
  },
  {
    kind: 'services_drawing',
    name: 'services drawing',
    asked:
      /\b(?:services? (?:drawings?|layout|plan)|electrical (?:drawings?|layout|plan)|plumbing (?:drawings?|layout|plan)|wiring (?:diagram|drawing|plan))\b/,
  },
  { kind: 'ber', name: 'BER certificate', asked: /\bber cert(?:ificate)?s?\b|\benergy cert(?:ificate)?s?\b/ },
  {
    kind: 'warranty',
    name: 'warranty document',
    asked: /\b(?:warranty|guarantee) (?:documents?|certs?|certificates?|booklets?|papers?|details|pdfs?)\b/,
  },
  {
    kind: 'user_guide',
    name: 'home user guide',
    asked:
      /\b(?:home ?owners?'? (?:user )?(?:guide|manual|pack)|user guide|handover (?:pack|booklet|guide)|home (?:guide|manual|user guide))\b/,
  },
  { kind: 'specification', name: 'specification', asked: /\b(?:specifications?|spec sheets?)\b/ },
]
const TO_SEE =
  /\b(?:see|show|view|download|open|send|get|have|look at|copy of|copies|where (?:is|are|can i find|do i find|do i get)|find|give|need|want|bring up|pull up|is there|do you have|access|pdf|print|ver|mostrar|zobaczyc|pokaz|voir)\b/
const SAYS =
  /\b(?:say|says|said|mention|according|cover|explain|what is in|what's in|about|how|why|size|big|dimensions?|included)\b/

export function kindAskedFor(text: string): Kind | null {
  const read = fold(text)
  const kind = KINDS.find(({ asked }) => asked.test(read)) ?? null
  if (kind === null) return null
  // Nothing but the document is named: "floor plan please", not "user guide alarm battery".
  const bare = contentStems(read.replace(kind.asked, ' ').replace(TO_SEE, ' ')).length === 0
  return (TO_SEE.test(read) || bare) && !SAYS.test(read) ? kind : null
}

/** Cards of the home's own documents of the kind asked for, each with its first page cited; null when there is none. */
export async function answerDownload(
  text: string,
  home: HomeContext,
  sources: Sources,
): Promise<Decision | null> {
  const kind = kindAskedFor(text)
  return kind === null ? null : showDocuments([kind.kind], home, sources)
}

export async function showDocuments(
  kinds: string[],
  home: HomeContext,
  sources: Sources,
): Promise<Decision | null> {
  const cards = await sources.documentsOfKind(kinds)
  if (cards.length === 0) return null
  const names = KINDS.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name)
  const citations = await firstPages(cards.slice(0, CITATIONS_MAX), names.join(' '), sources)
  const name = names[0] ?? 'document'
  const what = cards.length === 1 ? `Here is the ${name}` : `Here are ${cards.length} documents (${name})`
  const list = cards
    .map((card, index) => `- ${card.title}${index < citations.length ? ` [${index + 1}]` : ''}`)
    .join('\n')
  const hasRooms = kinds.includes('floor_plan') && (await sources.facts()).some(isRoom)
  return {
    stage: 'document',
    reason: 'download',
    text: `${what} on record for your home${home.houseTypeCode === '' ? '' : ` (house type ${home.houseTypeCode})`}:\n${list}${hasRooms ? '\n\nShall I list the recorded room sizes as well?' : ''}`,
    citations,
    downloads: cards,
    offer: hasRooms ? { kind: 'list_rooms' } : null,
  }
}

async function firstPages(cards: DownloadCard[], query: string, sources: Sources): Promise<Citation[]> {
  const { chunks } = await sources.retrieve({ text: query, limit: RETRIEVED_CHUNKS_MAX })
  return cards.map((card) => {
    const own = chunks
      .filter((chunk) => chunk.documentId === card.documentId)
      .sort((a, b) => a.page - b.page)[0]
    const quote =
      own === undefined
        ? ''
        : (sentencesOf(own.content).find((line) => standsOnPage(line, own.pageText || own.content)) ?? '')
    if (own !== undefined) return citationOf(own, quote, sources)
    return {
      documentId: card.documentId,
      title: card.title,
      page: 1,
      printedPage: null,
      quote: '',
      url: sources.pageUrl(card.documentId, 1),
    }
  })
}

const META =
  /\b(?:what (?:do|does)|where (?:do|does)|do|does) (?:the |my |our )?(?:[\w'-]+ ){1,4}?(?:say|tell (?:me|us)|mention|state)s? (?:about|on|regarding)\b|\baccording to (?:the |my |our )?(?:[\w'-]+ ){0,2}(?:pack|guide|manual|documents?|specification|handbook)\b/i

/** What a question about a document is after: "What does the handover pack say about the alarm?" is about the alarm. */
export const subjectOf = (text: string): string =>
  text.replace(META, ' ').trim().length > 3 ? text.replace(META, ' ').trim() : text

/** `subject` is what was asked, its mistyped words read as the pages spell them. */
export type Found = { subject: string; evidence: Evidence; related: RetrievedChunk[]; log: RetrievalLog }

export async function retrieveEvidence(
  text: string,
  sources: Sources,
  options: { forModel: boolean },
): Promise<Found> {
  const retrieved = await sources.retrieve({ text, limit: RETRIEVED_CHUNKS_MAX })
  const subject = respelled(text, retrieved.chunks)
  const evidence = evidenceFor(subject, retrieved.chunks, options)
  const related = retrieved.chunks.filter(({ coverage }) => coverage >= RELATED_COVERAGE_MIN)
  return { subject, evidence, related, log: logOf(retrieved, evidence) }
}

function logOf(retrieved: Retrieved, evidence: Evidence): RetrievalLog {
  return {
    candidates: retrieved.chunks.map(({ chunkId, documentId, page, score, coverage }) => ({
      chunkId,
      documentId,
      page,
      score,
      coverage,
    })),
    chunksUsed: evidence.chunks.map(({ chunkId }) => chunkId),
    filteredOut: retrieved.filteredOut,
    indexVersion: retrieved.indexVersion,
    timingsMs: retrieved.timingsMs,
  }
}
