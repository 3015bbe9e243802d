// Answers a question by its stages, in their fixed order: safety, privacy, staff's answers, facts, places, documents, gap.
import {
  type Composed,
  type ComposeInput,
  composeExtractive,
  composeWithModel,
} from '#src/answers/compose.ts'
import { HISTORY_TURNS_MAX, SMALL_TALK, type Understood, understand } from '#src/answers/conversation.ts'
import { inDocumentWords, inSureWords, questionsWithin } from '#src/answers/document-words.ts'
import { answerFacts, listRooms } from '#src/answers/facts.ts'
import { askedBuilder, gapDecision } from '#src/answers/gap.ts'
import { answerFromKnowledge, answerFromSimilar } from '#src/answers/knowledge.ts'
import { englishOnlyNotice, englishQuestion, languageOf } from '#src/answers/language.ts'
import { MAY_BE_IN_DOCUMENTS, placeCategoryOf } from '#src/answers/place-categories.ts'
import { answerPlaces, listPlaces } from '#src/answers/places.ts'
import { answerPrivacy } from '#src/answers/privacy.ts'
import type {
  Answer,
  AnswerStream,
  AskedQuestion,
  ChatModel,
  Decision,
  Offer,
  RetrievalLog,
  Sources,
} from '#src/answers/question.ts'
import { answerDownload, retrieveEvidence, showDocuments, subjectOf } from '#src/answers/retrieval.ts'
import { answerSafety } from '#src/answers/safety.ts'
import { type StageClock, stageClock } from '#src/answers/stage-clock.ts'
import { fold } from '#src/answers/wording.ts'

type Run = {
  asked: AskedQuestion
  sources: Sources
  model: ChatModel | null
  stream: AnswerStream | undefined
  clock: StageClock
}
type Outcome = { decision: Decision; resolved: string; retrieval?: RetrievalLog | null; streamed?: boolean }

/**
 * The one way a question is answered, in the app, the API and the test console alike. Sources that throw are the
 * caller's to report, except in the safety stage, which then answers from its fixed text.
 */
export async function answerQuestion(
  asked: AskedQuestion,
  sources: Sources,
  model: ChatModel | null,
  stream?: AnswerStream,
): Promise<Answer> {
  const bounded = { ...asked, history: asked.history.slice(-HISTORY_TURNS_MAX) }
  const run: Run = { asked: bounded, sources, model, stream, clock: stageClock() }
  const outcome = await decide(run)
  if (stream !== undefined && outcome.streamed !== true) await stream.token(outcome.decision.text)
  return toAnswer(outcome, run.clock)
}

async function decide(run: Run): Promise<Outcome> {
  const { asked, sources, clock } = run
  const understood = clock.sync(
    'conversation',
    () => understand(asked),
    ({ kind }) => kind,
  )
  const resolved =
    understood.kind === 'question' && understood.followUp ? { ...asked, text: understood.text } : asked
  for (const each of resolved === asked ? [asked] : [asked, resolved]) {
    const safety = await clock.stage('safety', () => answerSafety(each, sources))
    if (safety !== null) return { decision: safety, resolved: each.text }
  }
  for (const each of resolved === asked ? [asked] : [asked, resolved]) {
    const refusal = await clock.stage('privacy', async () => answerPrivacy(each))
    if (refusal !== null) return { decision: refusal, resolved: each.text }
  }
  return understood.kind === 'question' ? answerInLanguage(run, understood.text) : answerTurn(run, understood)
}

async function answerTurn(run: Run, understood: Exclude<Understood, { kind: 'question' }>): Promise<Outcome> {
  const { asked } = run
  const say = (reason: string, text: string): Outcome => ({
    decision: { stage: 'fact', reason, text },
    resolved: asked.text,
  })
  if (understood.kind === 'small_talk') return say(understood.about, SMALL_TALK[understood.about])
  if (understood.kind === 'declined')
    return say('declined', 'All right. Ask whenever something else comes up.')
  if (understood.kind === 'offer') return carryOut(run, understood.offer, understood.text)
  const before = asked.history.findLast((turn) => turn.stage !== 'refusal')
  return before === undefined ? say('empty', SMALL_TALK.empty) : answerInLanguage(run, before.question)
}

async function carryOut(run: Run, offer: Offer, before: string): Promise<Outcome> {
  const { asked, sources } = run
  if (offer.kind === 'ask_builder')
    return { decision: askedBuilder(offer.question), resolved: offer.question }
  if (offer.kind === 'list_places') {
    return {
      decision: listPlaces(offer.category, { ...asked, text: before }, await sources.places()),
      resolved: before,
    }
  }
  if (offer.kind === 'show_downloads') {
    const shown = await showDocuments(offer.documentKinds, asked.home, sources)
    return { decision: shown ?? gapDecision('no_document', before), resolved: before }
  }
  const rooms = listRooms(asked.home, await sources.facts())
  const plan = await showDocuments(['floor_plan'], asked.home, sources)
  const extra = plan === null ? {} : { downloads: plan.downloads ?? [], citations: plan.citations ?? [] }
  const decision = rooms === null ? plan : { ...rooms, ...extra }
  return {
    decision: decision === null ? gapDecision('no_rooms', before) : { ...decision, offer: null },
    resolved: before,
  }
}

/** Facts and places read English; a question in another language is searched by its English words. */
async function answerInLanguage(run: Run, text: string): Promise<Outcome> {
  const language = languageOf(text)
  if (language === 'en') return answerContent(run, text, text, true)
  const signal = run.stream?.signal ?? new AbortController().signal
  const english = await englishQuestion(text, language, run.model, signal)
  const outcome = await answerContent(run, text, english, false)
  // A translated question may show what its own words hid.
  const again = await answerSafety({ ...run.asked, text: english }, run.sources)
  if (again !== null && run.model !== null) return { decision: again, resolved: text }
  if (outcome.decision.mode === 'llm' || outcome.streamed === true) return outcome
  return {
    ...outcome,
    decision: { ...outcome.decision, text: `${englishOnlyNotice(language)}\n\n${outcome.decision.text}` },
  }
}

/** A long message is asked as a whole first; without a model to read it, then question by question. */
async function answerContent(
  run: Run,
  question: string,
  searchText: string,
  sameLanguage: boolean,
): Promise<Outcome> {
  const whole = await answerOnce(run, question, searchText, sameLanguage)
  if (whole.decision.stage !== 'gap' || run.model !== null) return whole
  for (const within of questionsWithin(searchText)) {
    const part = await answerOnce(run, question, within, sameLanguage)
    if (part.decision.stage !== 'gap') return part
  }
  return whole
}

async function answerOnce(
  run: Run,
  question: string,
  searchText: string,
  sameLanguage: boolean,
): Promise<Outcome> {
  const { asked, sources, clock } = run
  const english = { ...asked, text: searchText }
  const known = await sources.knowledge(searchText)
  const told = await clock.stage('knowledge', async () => answerFromKnowledge(known))
  if (told !== null) return { decision: told, resolved: question }
  const fact = await clock.stage('facts', () => answerFacts(english, sources))
  if (fact !== null) return { decision: fact, resolved: question }
  const place = await clock.stage('places', () => answerPlaces(english, sources))
  if (place !== null && !triesDocumentsFirst(place, searchText))
    return { decision: place, resolved: question }
  const download = await clock.stage('retrieval', () => answerDownload(searchText, asked.home, sources))
  if (download !== null) return { decision: download, resolved: question }
  const outcome = await answerInDocumentWords(run, question, searchText, sameLanguage)
  if (outcome.decision.stage !== 'gap') return outcome
  const instead = answerFromSimilar(known, question) ?? place
  return instead === null ? outcome : { ...outcome, decision: instead }
}

function triesDocumentsFirst(place: Decision, searchText: string): boolean {
  return (
    place.reason === 'none_recorded' && MAY_BE_IN_DOCUMENTS.has(placeCategoryOf(fold(searchText))?.name ?? '')
  )
}

/** Asked in the buyer's own words; if they are nowhere, in the words that documents use for the same. */
async function answerInDocumentWords(
  run: Run,
  question: string,
  searchText: string,
  sameLanguage: boolean,
): Promise<Outcome> {
  const words = inSureWords(searchText)
  const outcome = await answerFromDocuments(run, question, words, sameLanguage)
  if (outcome.decision.stage !== 'gap' || run.model !== null) return outcome
  const otherWords = inDocumentWords(words)
  if (otherWords === words) return outcome
  const again = await answerFromDocuments(run, question, otherWords, sameLanguage)
  return again.decision.stage === 'gap' ? outcome : again
}

async function answerFromDocuments(
  run: Run,
  question: string,
  searchText: string,
  sameLanguage: boolean,
): Promise<Outcome> {
  const { asked, sources, model, clock } = run
  const subject = subjectOf(searchText)
  const found = await clock.stage(
    'retrieval',
    () => retrieveEvidence(subject, sources, { forModel: model !== null }),
    ({ evidence }) => [evidence.chunks.length > 0 ? 'passed' : 'failed', evidence.reason],
  )
  const { chunks, reason } = found.evidence
  const gap = (why: string): Outcome => ({
    decision: gapDecision(why, question),
    resolved: question,
    retrieval: found.log,
  })
  if (chunks.length === 0) return gap(reason)
  const input: ComposeInput = {
    question,
    searchText: found.subject,
    sameLanguage,
    chunks,
    related: found.related,
    home: asked.home,
    history: asked.history,
    requestId: asked.requestId,
  }
  if (model === null) {
    const decision = clock.sync(
      'compose',
      () => composeExtractive(input, sources),
      (made) => made?.reason ?? 'nothing_to_quote',
    )
    return decision === null ? gap('no_evidence') : { decision, resolved: question, retrieval: found.log }
  }
  const composed = await clock.stage(
    'compose',
    () => composeOrRecall(run, model, input, found.log),
    (made) => [made.decision === null ? 'failed' : 'decided', made.reason],
  )
  if (composed.decision === null) return { ...gap(composed.reason), streamed: composed.streamed }
  return {
    decision: composed.decision,
    resolved: question,
    retrieval: found.log,
    streamed: composed.streamed,
  }
}

/** Only a question that stands alone is answered from the cache: what was said before goes into the prompt. */
async function composeOrRecall(
  { asked, sources, stream }: Run,
  model: ChatModel,
  input: ComposeInput,
  retrieval: RetrievalLog,
): Promise<Composed> {
  const cache = asked.history.length === 0 ? sources.answers : undefined
  const { indexVersion, candidates, chunksUsed } = retrieval
  const of = { question: input.question, bedrooms: asked.home.bedrooms, indexVersion, model: model.name }
  const known = await cache?.find(
    of,
    candidates.map(({ chunkId }) => chunkId),
  )
  if (known) return { decision: known, reason: known.reason, streamed: false }
  const composed = await composeWithModel(input, model, sources, stream)
  const { decision } = composed
  if (decision?.reason === 'composed' && decision.mode === 'llm') await cache?.keep(of, chunksUsed, decision)
  return composed
}

function toAnswer({ decision, resolved, retrieval }: Outcome, clock: StageClock): Answer {
  return {
    mode: 'extractive',
    citations: [],
    downloads: [],
    emergency: null,
    offer: null,
    gap: false,
    knowledgeId: null,
    usage: null,
    incomplete: false,
    ...decision,
    resolvedQuestion: resolved,
    log: clock.log(),
    retrieval: retrieval ?? null,
  }
}
