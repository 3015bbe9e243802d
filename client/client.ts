// A client of the OpenHouse API whose types are the contract's: paths, parameters, bodies and answers.
import createClient from 'openapi-fetch'
import type { components, paths } from './contract.ts'

export type Schemas = components['schemas']

const TRIES_MAX = 4
const WAIT_S_MAX = 60

/** `url` is the server's, such as https://app.openhouseai.ie. */
export const openHouse = ({ url, key }: { url: string; key: string }) =>
  createClient<paths>({
    baseUrl: url,
    headers: { authorization: `Bearer ${key}` },
    // A list of codes travels in one parameter, separated by commas.
    querySerializer: { array: { style: 'form', explode: false } },
    fetch: fetchPatiently,
  })

export type OpenHouse = ReturnType<typeof openHouse>

/** What an answer holds. @throws Error that names the code and the request, for whoever asks us about it */
export async function dataOf<T>(
  answered: Promise<{ data?: T; error?: Schemas['Error']; response: Response }>,
): Promise<T> {
  const { data, error, response } = await answered
  if (data !== undefined) return data
  const { code, message, request_id, fields = [] } = error?.error ?? { code: '', message: '', request_id: '' }
  const wrong = fields.map(({ path, message: why }) => `${path} ${why}`).join(', ')
  throw new Error(`${response.status} ${code}: ${message} ${wrong} (request ${request_id})`)
}

/** Sends what is read again after the seconds that a busy server asks for; what is written, with its key. */
async function fetchPatiently(request: Request): Promise<Response> {
  const isRepeatable = request.method === 'GET' || request.headers.has('idempotency-key')
  for (let tries = 1; ; tries++) {
    const response = await fetch(request.clone())
    const waitS = Number(response.headers.get('retry-after'))
    const isBusy = response.status === 429 || response.status === 503
    if (!isBusy || !isRepeatable || tries === TRIES_MAX || waitS > WAIT_S_MAX) return response
    await Bun.sleep(waitS * 1_000)
  }
}
