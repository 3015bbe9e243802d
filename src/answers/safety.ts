// Stage 1: recognises danger without a model and answers it with fixed text, recorded contacts and cited guidance.
import { citationOf } from '#src/answers/cite.ts'
import { passageFrom } from '#src/answers/extract.ts'
import { firstHazard, type Hazard, readForHazards } from '#src/answers/hazards.ts'
import { foreignHazard, LIFE_LINES, PROPERTY_LINES } from '#src/answers/hazards-languages.ts'
import { LIFE_RULES } from '#src/answers/hazards-life.ts'
import { PROPERTY_RULES } from '#src/answers/hazards-property.ts'
import { WORKS_RULES } from '#src/answers/hazards-works.ts'
import type {
  AskedQuestion,
  Citation,
  Decision,
  EmergencyCard,
  Fact,
  Sources,
} from '#src/answers/question.ts'
import { lifeAdvice, professionalAdvice, propertyAdvice } from '#src/answers/safety-texts.ts'
import { fold } from '#src/answers/wording.ts'

/** Contacts and guidance are waited for no longer than this: the fixed text must come even when the database hangs. */
const SOURCES_WAIT_MS_MAX = 1_500
const GUIDANCE_CHUNKS_MAX = 5

/** The danger the question describes, or null. Pure; life before property before building work. */
export function hazardOf(text: string): (Hazard & { line?: string }) | null {
  const read = readForHazards(text)
  const life = firstHazard(read, 'emergency-life', LIFE_RULES)
  if (life !== null) return life
  const foreign = foreignHazard(fold(text))
  if (foreign !== null) {
    const { tier, reason, language } = foreign
    return { tier, reason, line: (tier === 'emergency-life' ? LIFE_LINES : PROPERTY_LINES)[language] }
  }
  return (
    firstHazard(read, 'emergency-property', PROPERTY_RULES) ?? firstHazard(read, 'structural', WORKS_RULES)
  )
}

export async function answerSafety(asked: AskedQuestion, sources: Sources): Promise<Decision | null> {
  const hazard = hazardOf(asked.text)
  if (hazard === null) return null
  if (hazard.tier === 'emergency-life') return answerLife(hazard, await recordedFacts(sources))
  if (hazard.tier === 'emergency-property') return answerProperty(hazard, asked, sources)
  return {
    stage: 'safety',
    reason: hazard.reason,
    text: `${professionalAdvice(hazard.reason)}\n\nWould you like me to record this for the builder?`,
    offer: { kind: 'ask_builder', question: asked.text },
  }
}

function answerLife(hazard: Hazard & { line?: string }, facts: Fact[]): Decision {
  const advice = lifeAdvice(hazard.reason)
  const contacts = [{ label: 'Emergency services', number: '999 or 112' }]
  const network = networkContact(hazard.reason, facts)
  if (network !== null) contacts.push(network)
  const lines = advice.steps.map((step) => `- ${step}`)
  if (network !== null) lines.push(`- ${network.label}: ${network.number}`)
  const opening = `Emergency: call 999 or 112. ${openingOf(hazard.reason)}`
  return {
    stage: 'safety',
    reason: hazard.reason,
    text: [hazard.line, opening, lines.join('\n')].filter((part) => part !== undefined).join('\n\n'),
    emergency: { title: advice.title, contacts },
  }
}

function openingOf(reason: string): string {
  if (reason === 'gas') return 'Leave the building first and make the calls from outside.'
  if (reason === 'person_hurt' || reason === 'intruder' || reason === 'person_trapped')
    return 'Do that before anything else.'
  return 'Get away from the danger first.'
}

function networkContact(reason: string, facts: Fact[]): { label: string; number: string } | null {
  const key = reason === 'gas' || reason === 'carbon_monoxide' ? 'emergency.gas' : 'emergency.electricity'
  const electric = ['electric_shock', 'sparks', 'electrical_danger'].includes(reason)
  if (key === 'emergency.electricity' && !electric) return null
  return contactFact(facts, key)
}

async function answerProperty(
  hazard: Hazard & { line?: string },
  asked: AskedQuestion,
  sources: Sources,
): Promise<Decision> {
  const advice = propertyAdvice(hazard.reason)
  const [facts, guidance] = await Promise.all([recordedFacts(sources), guidanceFor(hazard.reason, sources)])
  const emergency: EmergencyCard = { title: advice.title, contacts: [] }
  const contact = contactFact(facts, 'emergency.contact')
  const power =
    hazard.reason === 'no_power' || hazard.reason === 'tripping'
      ? contactFact(facts, 'emergency.electricity')
      : null
  for (const found of [contact, power]) if (found !== null) emergency.contacts.push(found)
  emergency.contacts.push({ label: 'If anyone is in danger', number: '999 or 112' })
  const call =
    contact === null
      ? `No emergency contact is recorded for ${asked.home.developmentName}.`
      : `Call the emergency contact recorded for ${asked.home.developmentName}: ${contact.label}, ${contact.number}.`
  const network = power === null ? '' : ` ${power.label}: ${power.number}.`
  return {
    stage: 'safety',
    reason: hazard.reason,
    text: [hazard.line, advice.first, `${call}${network}`, guidance.text]
      .filter((part) => part !== undefined)
      .join('\n\n'),
    citations: guidance.citations,
    emergency,
    offer: contact === null ? { kind: 'ask_builder', question: asked.text } : null,
  }
}

async function guidanceFor(
  reason: string,
  sources: Sources,
): Promise<{ text: string; citations: Citation[] }> {
  const advice = propertyAdvice(reason)
  const nothing = { text: `Your documents on record do not say ${advice.wanted}.`, citations: [] }
  const retrieved = await within(() => sources.retrieve({ text: advice.seek, limit: GUIDANCE_CHUNKS_MAX }))
  const chunk = retrieved?.chunks.find((candidate) => advice.evidence.test(candidate.content))
  if (chunk === undefined) return nothing
  const passage = passageFrom(chunk, advice.evidence)
  if (passage === null) return nothing
  const citation = citationOf(chunk, passage, sources)
  return {
    text: `From ${chunk.documentTitle}, p. ${chunk.printedPage ?? chunk.page}: “${passage}” [1]`,
    citations: [citation],
  }
}

function contactFact(facts: Fact[], key: string): { label: string; number: string } | null {
  const order = { unit: 0, house_type: 1, development: 2 }
  const fact = facts
    .filter((candidate) => candidate.key === key)
    .sort((a, b) => order[a.scope] - order[b.scope])[0]
  return fact === undefined ? null : { label: fact.label, number: fact.value }
}

async function recordedFacts(sources: Sources): Promise<Fact[]> {
  return (await within(() => sources.facts())) ?? []
}

/** Null when the source throws or takes too long: an emergency is answered from fixed text then. */
async function within<T>(read: () => Promise<T>): Promise<T | null> {
  const { promise: expired, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), SOURCES_WAIT_MS_MAX)
  try {
    return await Promise.race([read(), expired])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
