// Reads a question in the light of the turns before it: follow-ups are completed, accepted offers carried out.
import type { AskedQuestion, Offer, Turn } from '#src/answers/question.ts'
import { contentStems, fold, wordsOf } from '#src/answers/wording.ts'

/** Older turns than this are never read, by the stages or by the model. */
export const HISTORY_TURNS_MAX = 6
const FOLLOW_UP_CHAIN_MAX = 3
const RESOLVED_CHARACTERS_MAX = 600

export type Understood =
  | { kind: 'question'; text: string; followUp: boolean }
  | { kind: 'offer'; offer: Offer; text: string }
  | { kind: 'nothing_to_accept' }
  | { kind: 'declined' }
  | { kind: 'small_talk'; about: 'greeting' | 'thanks' | 'capabilities' | 'empty' }

export function understand(asked: AskedQuestion): Understood {
  const history = asked.history.slice(-HISTORY_TURNS_MAX)
  const read = fold(asked.text)
  const last = history.at(-1)
  if (!/[\p{L}\p{N}]/u.test(read)) return { kind: 'small_talk', about: 'empty' }
  if (ONLY_THANKS.test(read)) return { kind: 'small_talk', about: 'thanks' }
  if (ACCEPTS.test(read)) return accepted(last)
  if (last?.offer != null && DECLINES.test(read)) return { kind: 'declined' }
  const talk = smallTalk(read)
  if (talk === null && DECLINES.test(read)) return { kind: 'declined' }
  if (talk !== null) return { kind: 'small_talk', about: talk }
  if (wordsOf(read).every((word) => OPENING_WORDS.has(word)))
    return { kind: 'small_talk', about: 'capabilities' }
  if (last === undefined || !isFollowUp(read))
    return { kind: 'question', text: asked.text.trim(), followUp: false }
  return { kind: 'question', text: completed(asked.text.trim(), history), followUp: true }
}

const ACCEPTS =
  /^(?:(?:yes|yeah|yep|yup|ya|sure|ok|okay|please|pls|plz|do|do it|do that|go ahead|go on|go for it|grand|aye|absolutely|definitely|of course|why not|perfect|great|lovely|sounds? (?:good|great)|that would be (?:great|good|lovely|helpful)|i would|i'd like that|i would like that|that'd be great|show me(?: it| them)?|si|por favor|tak|prosze|oui|s'il vous plait|da|sim|ta|le do thoil|ja|bitte|thanks|thank you|so|then|record it|pass it on|ask (?:them|the builder)|all of them|list them)[\s,.!]*)+$/
const DECLINES =
  /^(?:(?:no|nope|nah|not now|not needed|don'?t|leave it|that'?s (?:all|fine)|never ?mind|nie|non|nu|nao|nil|thanks?|thank you)[\s,.!]*)+$/
/** Thanks alone accept no offer. */
const ONLY_THANKS =
  /^(?:(?:thanks|thank you|thx|tks|cheers|ta|many|a million|so much|very much|a lot|gracias|merci|dzieki|dziekuje|multumesc|obrigad[oa]|go raibh maith agat)[\s,.!]*)+$/
const THANKS_ONLY =
  /^(?:(?:thanks|thank you|thx|cheers|ta|gracias|merci|dzieki|dziekuje|multumesc|obrigado|obrigada|go raibh maith agat|great|perfect|lovely|grand|brilliant|so much|very much|a million|bye|goodbye|good night)[\s,.!]*)+$/
/** A message of nothing else asks whether anybody is there. */
const OPENING_WORDS: ReadonlySet<string> = new Set(
  `hi hello hey hiya can could would will you help me us i we need have a an some question questions query with about
  something please pls my our the home house new to ask do want looking for bit of assistance`.split(/\s+/),
)
const GREETING =
  /^(?:(?:hi|hello|hey|hiya|howya|good (?:morning|afternoon|evening)|hola|bonjour|czesc|dia dhuit|buna|ola|salut|there|again|how are you(?: today)?|what'?s up|anyone there|test|testing)[\s,.!?]*)+$/
const CAPABILITIES =
  /^(?:who|what) (?:are|r) you\??$|^what (?:can|do) you (?:do|know|help(?: me)? with)(?: for me)?\??$|^(?:help|what can i ask(?: you)?|are you (?:a )?(?:real|human|person|ai|bot|robot|a real person)\??|how (?:do|can) you (?:work|help(?: me)?))[?.!]*$/

function accepted(last: Turn | undefined): Understood {
  if (last?.offer != null) return { kind: 'offer', offer: last.offer, text: last.question }
  return { kind: 'nothing_to_accept' }
}

function smallTalk(read: string): 'greeting' | 'thanks' | 'capabilities' | null {
  if (THANKS_ONLY.test(read)) return 'thanks'
  if (GREETING.test(read)) return 'greeting'
  return CAPABILITIES.test(read) ? 'capabilities' : null
}

const OPENERS =
  /^(?:and|what about|how about|what if|but|or|also|then|so|ok(?:ay)?,? (?:and|so|but)|same for|is that|does that|y|a co z|et|si|e|agus)\b/
const BARE_QUESTION =
  /^(?:how (?:often|long|much|many|far|big|so|come)|why|when|where|who|which(?: one)?|what (?:for|else|then|time|size|colou?r|page)|really|says who|is it|are they|can i|do i)\b[^a-z]*(?:is|are|was|does|do|did|it|that|this|them|they|should|must|i|to|for|then|exactly|though|next|\s|[?.!])*$/
const REFERENCE =
  /\b(?:it|that|this|them|those|these|there|they|one|ones|he|she|its|their|the same|the other|the second|the first)\b/
const EXPLETIVE =
  /^(?:is|was|will|would|does) it (?:ok|okay|possible|safe|normal|true|allowed|legal|rain|snow|cost|take|matter)\b|\bis it (?:ok|okay|possible|safe|normal|allowed)\b|\bis there\b|\bare there\b/
const REFERENCE_WORDS_MAX = 3

function isFollowUp(read: string): boolean {
  if (OPENERS.test(read)) return contentStems(read).length <= REFERENCE_WORDS_MAX + 1
  if (BARE_QUESTION.test(read)) return true
  const words = contentStems(read)
  if (words.length === 0) return true
  return REFERENCE.test(read) && !EXPLETIVE.test(read) && words.length <= REFERENCE_WORDS_MAX
}

/** The question before, its own follow-ups undone, joined with what is new in this one. */
function completed(text: string, history: Turn[]): string {
  const chain: string[] = []
  for (let index = history.length - 1; index >= 0 && chain.length < FOLLOW_UP_CHAIN_MAX; index--) {
    const question = history[index]!.question.trim()
    if (ACCEPTS.test(fold(question)) || smallTalk(fold(question)) !== null) continue
    chain.unshift(question)
    if (!isFollowUp(fold(question))) break
  }
  return [...chain, text].join(' ').slice(-RESOLVED_CHARACTERS_MAX)
}

export const SMALL_TALK: Record<'greeting' | 'thanks' | 'capabilities' | 'empty', string> = {
  greeting:
    'Hello. I am OpenHouse’s AI assistant for your home. Ask me about your heating, your rooms, your documents and warranties, bins and parking, or what is nearby.',
  thanks: 'You are welcome. Ask whenever something about your home comes up.',
  capabilities:
    'I am OpenHouse’s AI assistant for your home. I answer from the details recorded for it and from its documents, with the page to check, and tell you what is nearby. When nothing on record answers a question, I say so and can pass it to the builder. In an emergency call 999 or 112.',
  empty:
    'Please type a question about your home, such as how to set the heating or when the bins are collected.',
}
