// Checks that call the other systems, each once and with something harmless: mail, the model, maps.

import { googleGeocoder } from '../clients/google-geocoding.ts'
import { googlePlaces } from '../clients/google-places.ts'
import { greetMailServer, MailFailure } from '../clients/mail.ts'
import { nominatimGeocoder } from '../clients/nominatim.ts'
import { type OpenAiClient, openAiClient } from '../clients/openai.ts'
import { LlmFailure } from '../clients/openai-failures.ts'
import type { Pace } from '../clients/outbound-pace.ts'
import { overpassPlaces } from '../clients/overpass.ts'
import { PeerFailure, userAgentOf } from '../clients/peer.ts'
import type { Config } from '../config.ts'
import { type Finding, failure, isSilence, notReachable, ok, warning } from './finding.ts'

const CALL_TIMEOUT_MS = 15_000
/** One call by hand needs no turn among the application's, and there may be no database to take one from. */
const AT_ONCE: Pace = { turn: async () => 0, putOff: async () => {} }
/** A place that every map knows, and nobody's home. */
const ADDRESS = 'O’Connell Street, Dublin 1, Ireland'
const POSITION = { latitude: 53.3498, longitude: -6.2603 }

export async function mailFindings(config: Config): Promise<Finding[]> {
  if (!config.SMTP_URL) return []
  try {
    await greetMailServer(AbortSignal.timeout(CALL_TIMEOUT_MS))
    return [ok('SMTP_URL', 'The mail server answers and takes the password.')]
  } catch (error) {
    if (error instanceof MailFailure && error.code === 'mail_denied')
      return [
        failure('SMTP_URL', 'The mail server does not take user and password: check them (encode @ as %40).'),
      ]
    if (error instanceof MailFailure && error.code === 'mail_unavailable')
      return [
        notReachable(
          'SMTP_URL',
          'Nobody answers at the mail server: check host and port, and whether this machine may send mail.',
        ),
      ]
    return [
      failure(
        'SMTP_URL',
        `The mail server refuses (${error instanceof MailFailure ? error.code : 'unknown'}): see what it says in its log.`,
      ),
    ]
  }
}

function openModels(config: Config): OpenAiClient | null {
  if (!config.OPENAI_API_KEY) return null
  return openAiClient(
    {
      apiKey: config.OPENAI_API_KEY,
      baseUrl: config.OPENAI_BASE_URL,
      chatModel: config.OPENAI_CHAT_MODEL,
      embeddingModel: config.OPENAI_EMBEDDING_MODEL,
      embeddingDimensions: config.OPENAI_EMBEDDING_DIMENSIONS,
      deadlineMs: Math.min(config.OPENAI_TIMEOUT_MS, CALL_TIMEOUT_MS),
      idleMs: config.OPENAI_IDLE_TIMEOUT_MS,
      concurrency: 1,
    },
    { onFailure: () => {} },
  )
}

/** Whether the key is taken and the models are there; the cheap half, which runs at every start as well. */
export async function modelNameFindings(config: Config): Promise<Finding[]> {
  const models = openModels(config)
  if (!models)
    return [ok('OPENAI_API_KEY', 'is not set: answers are quoted from the documents, word for word.')]
  try {
    const missing = await models.missingModels(AbortSignal.timeout(CALL_TIMEOUT_MS))
    if (missing.length === 0)
      return [ok('OPENAI_CHAT_MODEL', 'The key is taken, and the provider has both models.')]
    return missing.map((model) =>
      failure(
        model === config.OPENAI_CHAT_MODEL ? 'OPENAI_CHAT_MODEL' : 'OPENAI_EMBEDDING_MODEL',
        `The provider has no ${model} for this key: name one of its models.`,
      ),
    )
  } catch (error) {
    return [modelTrouble(error)]
  }
}

export async function modelFindings(config: Config): Promise<Finding[]> {
  const names = await modelNameFindings(config)
  const models = openModels(config)
  if (!models || names.some(({ outcome }) => outcome !== 'ok')) return names
  return [...names, await vectorFinding(models, config), await streamFinding(models)]
}

const NOBODY = { requestId: null, tenantId: null }

async function vectorFinding(models: OpenAiClient, config: Config): Promise<Finding> {
  try {
    await models.embed(['Where is the stopcock?'], {
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      context: NOBODY,
    })
    return ok('OPENAI_EMBEDDING_MODEL', `makes vectors of ${config.OPENAI_EMBEDDING_DIMENSIONS} numbers.`)
  } catch (error) {
    if (error instanceof LlmFailure && error.code === 'llm_bad_response')
      return failure(
        'OPENAI_EMBEDDING_DIMENSIONS',
        `The model does not make vectors of ${config.OPENAI_EMBEDDING_DIMENSIONS} numbers: set the length that it makes.`,
      )
    return modelTrouble(error)
  }
}

async function streamFinding(models: OpenAiClient): Promise<Finding> {
  let pieces = 0
  try {
    const answer = await models.chatModel(NOBODY).stream([{ role: 'user', content: 'Say: ready' }], {
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      onToken: () => void pieces++,
    })
    return answer.usage
      ? ok('OPENAI_BASE_URL', `streams answers (${pieces} pieces) and counts its tokens.`)
      : warning(
          'OPENAI_BASE_URL',
          'streams answers, but does not count tokens, and budgets and prices stay empty: ask the provider for stream_options.include_usage.',
        )
  } catch (error) {
    return modelTrouble(error)
  }
}

function modelTrouble(error: unknown): Finding {
  const code = error instanceof LlmFailure ? error.code : 'unknown'
  if (code === 'llm_unauthorised')
    return failure(
      'OPENAI_API_KEY',
      'is refused by the provider: make a new one and check which project it is for.',
    )
  if (code === 'llm_quota')
    return failure('OPENAI_API_KEY', 'has no credit left: pay the provider’s bill or raise the limit.')
  if (code === 'llm_model_missing')
    return failure('OPENAI_CHAT_MODEL', 'is not there for this key: name one of the provider’s models.')
  if (code === 'llm_rate_limited')
    return warning('OPENAI_API_KEY', 'is at its limit just now: try again in a minute.')
  if (code === 'llm_bad_response')
    return failure(
      'OPENAI_BASE_URL',
      'answers, but not as an OpenAI-compatible provider does: is the path right (…/v1)?',
    )
  return notReachable(
    'OPENAI_BASE_URL',
    'The provider does not answer: check the address, and whether this machine may reach it.',
  )
}

export async function geocoderFindings(config: Config): Promise<Finding[]> {
  if (config.GEOCODER === 'none') return []
  const isGoogle = config.GEOCODER === 'google'
  const geocoder = isGoogle
    ? googleGeocoder({
        url: config.GOOGLE_GEOCODING_URL,
        apiKey: config.GOOGLE_MAPS_API_KEY ?? '',
        pace: AT_ONCE,
      })
    : nominatimGeocoder({
        url: config.NOMINATIM_URL,
        userAgent: userAgentOf(config.publicUrl, config.NOMINATIM_CONTACT),
        pace: AT_ONCE,
      })
  try {
    await geocoder.find(ADDRESS, AbortSignal.timeout(CALL_TIMEOUT_MS))
    return [ok('GEOCODER', `${config.GEOCODER} finds addresses.`)]
  } catch (error) {
    return [
      peerTrouble(
        error,
        isGoogle ? 'GOOGLE_GEOCODING_URL' : 'NOMINATIM_URL',
        isGoogle ? 'the Geocoding API' : null,
      ),
    ]
  }
}

export async function placesFindings(config: Config): Promise<Finding[]> {
  if (config.PLACES_PROVIDER === 'none') return []
  const isGoogle = config.PLACES_PROVIDER === 'google'
  const source = isGoogle
    ? googlePlaces({ url: config.GOOGLE_PLACES_URL, apiKey: config.GOOGLE_MAPS_API_KEY ?? '', pace: AT_ONCE })
    : overpassPlaces({
        url: config.OVERPASS_URL,
        userAgent: userAgentOf(config.publicUrl, config.NOMINATIM_CONTACT),
        pace: AT_ONCE,
      })
  try {
    await source.near(POSITION, AbortSignal.timeout(CALL_TIMEOUT_MS), () => {})
    return [ok('PLACES_PROVIDER', `${config.PLACES_PROVIDER} knows what is nearby.`)]
  } catch (error) {
    return [
      peerTrouble(
        error,
        isGoogle ? 'GOOGLE_PLACES_URL' : 'OVERPASS_URL',
        isGoogle ? 'the Places API (New)' : null,
      ),
    ]
  }
}

function peerTrouble(error: unknown, setting: string, googleApi: string | null): Finding {
  const trouble =
    error instanceof PeerFailure ? error.trouble : isSilence(error) ? 'unavailable' : 'bad_response'
  if (trouble === 'denied')
    return googleApi
      ? failure(
          'GOOGLE_MAPS_API_KEY',
          `is refused: switch on ${googleApi} and billing for its project, and allow this server’s address.`,
        )
      : failure(
          setting,
          'turns us away: set NOMINATIM_CONTACT to an address of yours, or use a server of your own.',
        )
  if (trouble === 'limited') return warning(setting, 'is at its limit just now: try again later.')
  if (trouble === 'bad_response')
    return failure(setting, 'answers, but not as it should: check the address, path included.')
  return notReachable(setting, 'does not answer: check the address, and whether this machine may reach it.')
}
