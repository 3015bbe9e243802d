// One message of a conversation with everything that can hang on an answer: sources, downloads, contacts, a gap.

import { keepUnits } from '#views/format.ts'
import { type Child, Fragment } from '#views/jsx-runtime.ts'
import {
  DownloadCard,
  type DownloadView,
  EmergencyCard,
  type EmergencyView,
  GapCard,
  type GapView,
  PlaceLinks,
  type PlaceLinkView,
} from '#views/purchaser/answer-cards.tsx'
import { AnswerRating, type RatingView } from '#views/purchaser/answer-rating.tsx'
import { Quote } from '#views/purchaser/quote.tsx'

/** Plain text; `[n]` in it is a citation mark and becomes a link when citation n exists. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'quote'; text: string }
  | { kind: 'list'; items: string[] }

export type CitationView = {
  index: number
  title: string
  page: number
  /** The page number printed on the page, when it differs from its position in the file. */
  printedPage: string | null
  quote: string
  /** The viewer page with the quote marked. */
  url: string
}

export type MessageView = {
  id: string
  role: 'purchaser' | 'assistant'
  paragraphs: Block[]
  stage: 'safety' | 'refusal' | 'fact' | 'place' | 'document' | 'gap' | null
  /** How the answer came about, said under it; null when there is nothing to say. */
  note: string | null
  citations: CitationView[]
  downloads: DownloadView[]
  emergency: EmergencyView | null
  /** Places with a pin on the map. */
  places?: PlaceLinkView[]
  gap: GapView | null
  /** What answers the gap, when that came later. */
  later: { blocks: Block[]; citations: CitationView[] } | null
  /** Null for questions. */
  rating: RatingView | null
  /** The model broke off after its first word; what came before is shown. */
  incomplete: boolean
  createdAt: Date
}

export const Message = ({ message }: { message: MessageView }) =>
  message.role === 'purchaser' ? <UserMessage message={message} /> : <AssistantMessage message={message} />

export const UserMessage = ({ message }: { message: MessageView }) => (
  <article class="message message-purchaser" id={`message-${message.id}`}>
    <h2 class="visually-hidden">You asked</h2>
    <div class="bubble">
      <Blocks blocks={message.paragraphs} citations={[]} />
    </div>
  </article>
)

const AssistantMessage = ({ message }: { message: MessageView }) => (
  <AssistantFrame id={message.id} busy={false}>
    <AnswerContent message={message} />
  </AssistantFrame>
)

/** `busy` while the answer is still being written: screen readers wait, and the dots show. */
export const AssistantFrame = ({ id, busy, children }: { id: string; busy: boolean; children: Child }) => (
  <article class="message message-assistant" id={`message-${id}`} aria-busy={busy}>
    <h2 class="visually-hidden">Answer</h2>
    {children}
  </article>
)

/** The finished answer. The bubble keeps its place and width, so the stream ends without a jump. */
const AnswerContent = ({ message }: { message: MessageView }) => (
  <Fragment>
    {message.emergency && <EmergencyCard emergency={message.emergency} />}
    <div class={message.stage === 'safety' ? 'bubble bubble-safety' : 'bubble'}>
      <div class="answer-text">
        <Blocks blocks={message.paragraphs} citations={message.citations} />
      </div>
    </div>
    {message.incomplete && <p class="answer-note">The answer broke off here. Ask again to get the rest.</p>}
    {message.note && <p class="answer-note">{message.note}</p>}
    <Sources message={message} />
    {message.places && message.places.length > 0 && <PlaceLinks places={message.places} />}
    {message.downloads.map((download) => (
      <DownloadCard download={download} />
    ))}
    {message.gap && <GapCard gap={message.gap} />}
    {message.later && (
      <Fragment>
        <div class="bubble">
          <div class="answer-text">
            <Blocks blocks={message.later.blocks} citations={message.later.citations} />
          </div>
        </div>
        <SourceList label="Based on" citations={message.later.citations} />
      </Fragment>
    )}
    {message.rating && <AnswerRating rating={message.rating} />}
  </Fragment>
)

const Blocks = ({ blocks, citations }: { blocks: Block[]; citations: CitationView[] }) => (
  <Fragment>
    {blocks.map((block) => {
      if (block.kind === 'quote')
        return <Quote text={block.text} linked={(text) => withCitationLinks(text, citations)} />
      if (block.kind === 'paragraph') return <p>{withCitationLinks(block.text, citations)}</p>
      return (
        <ul>
          {block.items.map((item) => (
            <li>{withCitationLinks(item, citations)}</li>
          ))}
        </ul>
      )
    })}
  </Fragment>
)

const CITATION_MARK = /\[(\d{1,2})\]/

/** A mark without a citation stays text: better a bare number than a link to nowhere. */
function withCitationLinks(text: string, citations: CitationView[]): Child[] {
  return keepUnits(text)
    .split(CITATION_MARK)
    .map((part, position) => {
      if (position % 2 === 0) return part
      const citation = citations.find((candidate) => candidate.index === Number(part))
      if (!citation) return `[${part}]`
      return (
        <a class="cite" href={citation.url} title={`${citation.title}, p. ${pageLabel(citation)}`}>
          [{part}]
        </a>
      )
    })
}

export const pageLabel = (citation: { page: number; printedPage: string | null }) =>
  citation.printedPage ?? String(citation.page)

/** What the answer rests on, then the pages that it does not quote but that are about the same. */
const Sources = ({ message }: { message: MessageView }) => {
  const text = message.paragraphs
    .flatMap((block) => (block.kind === 'list' ? block.items : [block.text]))
    .join(' ')
  const marked = message.citations.filter((citation) => text.includes(`[${citation.index}]`))
  const main = marked.length > 0 ? marked : message.citations
  const further = message.citations.filter((citation) => !main.includes(citation))
  return (
    <Fragment>
      <SourceList label="Based on" citations={main} />
      <SourceList label="Also on this" citations={further} />
    </Fragment>
  )
}

const SourceList = ({ label, citations }: { label: string; citations: CitationView[] }) =>
  citations.length === 0 ? (
    <Fragment />
  ) : (
    <div class="sources">
      <p>{label}</p>
      <ol>
        {citations.map((citation) => (
          <li>
            <a href={citation.url}>
              <span class="source-mark">[{citation.index}]</span>
              <span>
                {citation.title}, p. {pageLabel(citation)}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </div>
  )
