// Checks of the address that people open: its names, its certificate, and who stands between them and this process.
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import type { Config } from '../config.ts'
import { type Finding, failure, isSilence, notReachable, ok, warning } from './finding.ts'

const TIMEOUT_MS = 10_000
const CERTIFICATE_DAYS_MIN = 14
const DAY_MS = 86_400_000
/** Tells a name that is not there from a machine that can ask nobody. */
const KNOWN_NAME = 'cloudflare.com'
const HSTS_S_MIN = 15_552_000

export type LookUp = (host: string) => Promise<unknown>

export async function nameFindings(config: Config, lookUp: LookUp = lookup): Promise<Finding[]> {
  if (config.isLocal) return [ok('PUBLIC_URL', 'is this machine only; nobody else can open it.')]
  const host = new URL(config.publicUrl).hostname
  const apex = host.replace(/^(?:app|www)\./, '')
  const names = [...new Set([host, apex, `api.${apex}`])]
  const known = await Promise.all(names.map((name) => isKnown(name, lookUp)))
  if (known.includes(null) || (known.every((each) => !each) && !(await isKnown(KNOWN_NAME, lookUp))))
    return [
      notReachable(
        'DNS',
        'This machine can ask no name server: set one in /etc/resolv.conf, or ask from another machine.',
      ),
    ]
  return names.map((name, i) => {
    if (known[i]) return ok('DNS', `${name} has an address.`)
    return name === host
      ? failure('DNS', `${name} has no address: add the record that leads here, or correct PUBLIC_URL.`)
      : warning('DNS', `${name} has no address: people type it. Add a record, redirected to ${host}.`)
  })
}

/** Null when nobody could be asked. */
async function isKnown(name: string, lookUp: LookUp): Promise<boolean | null> {
  try {
    await lookUp(name)
    return true
  } catch (error) {
    return /ENOTFOUND|ENODATA/.test(String((error as { code?: unknown }).code)) ? false : null
  }
}

export async function webFindings(config: Config): Promise<Finding[]> {
  if (config.isLocal && !config.isProduction) return []
  try {
    const response = await fetch(`${config.publicUrl}/livez`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()
    return headerFindings(config, response.status, response.headers)
  } catch (error) {
    if (/CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL/i.test(String((error as { code?: unknown }).code)))
      return [
        failure(
          'certificate',
          `Browsers would refuse it (${(error as { code?: string }).code}): renew it, or send the whole chain.`,
        ),
      ]
    return [
      notReachable(
        'PUBLIC_URL',
        'does not answer from here: start OpenHouse and ask again, or ask from outside.',
      ),
    ]
  }
}

/** What an answer at the public address tells of the way to it. */
export function headerFindings(config: Config, status: number, headers: Headers): Finding[] {
  const found: Finding[] = []
  if (status >= 300 && status < 400)
    found.push(
      failure(
        'PUBLIC_URL',
        `leads on to ${headers.get('location')?.slice(0, 200)}: set PUBLIC_URL to where it ends.`,
      ),
    )
  else if (status === 421)
    found.push(
      failure('PUBLIC_URL', 'reaches OpenHouse under another name: let the proxy pass the Host header on.'),
    )
  else if (status !== 200)
    found.push(
      failure(
        'PUBLIC_URL',
        `answers ${status} at /livez: is it OpenHouse that stands there? Look where the proxy leads.`,
      ),
    )
  else found.push(ok('PUBLIC_URL', 'answers.'))
  const isBehindCloudflare = headers.has('cf-ray')
  if (isBehindCloudflare && config.TRUSTED_PROXY !== 'cloudflare' && config.TRUSTED_PROXY !== 'loopback')
    found.push(
      failure(
        'TRUSTED_PROXY',
        'is none, but Cloudflare stands in front: everybody would share its address and its limits. Set cloudflare (or loopback with a tunnel).',
      ),
    )
  if (!isBehindCloudflare && config.TRUSTED_PROXY === 'cloudflare')
    found.push(
      warning(
        'TRUSTED_PROXY',
        'is cloudflare, but the answer did not pass Cloudflare: switch its proxy on for this name.',
      ),
    )
  if (/rocket|html/i.test(headers.get('cf-polished') ?? '') || headers.has('cf-apo-via'))
    found.push(
      warning(
        'Cloudflare',
        'rewrites pages: switch off Rocket Loader, Auto Minify and APO, which break the pages’ rules for scripts.',
      ),
    )
  if (!config.publicUrl.startsWith('https:')) return found
  const hsts = Number(/max-age=(\d+)/.exec(headers.get('strict-transport-security') ?? '')?.[1] ?? 0)
  found.push(
    hsts >= HSTS_S_MIN
      ? ok('HSTS', 'Browsers are told to come by https only.')
      : warning('HSTS', 'The header Strict-Transport-Security does not arrive: let the proxy pass it on.'),
  )
  return found
}

export async function certificateFindings(config: Config): Promise<Finding[]> {
  const url = new URL(config.publicUrl)
  if (url.protocol !== 'https:') return []
  try {
    const validTo = await certificateEnd(url.hostname, Number(url.port || 443))
    return [certificateFinding(validTo, new Date())]
  } catch (error) {
    if (isSilence(error))
      return [
        notReachable(
          'certificate',
          `Nobody answers at ${url.host}: start OpenHouse and its proxy, or ask from outside.`,
        ),
      ]
    return [
      failure(
        'certificate',
        `cannot be read (${(error as { code?: string }).code ?? 'unknown'}): is TLS spoken there? Look at the proxy’s log.`,
      ),
    ]
  }
}

export function certificateFinding(validTo: Date, now: Date): Finding {
  const days = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS)
  const on = validTo.toISOString().slice(0, 10)
  if (days < 0) return failure('certificate', `ran out on ${on}: renew it.`)
  if (days < CERTIFICATE_DAYS_MIN)
    return warning('certificate', `runs out on ${on}, in ${days} days: see why it was not renewed.`)
  return ok('certificate', `is good until ${on}.`)
}

/** Whoever signed it: only the dates are asked here, and the request above judges the rest. */
function certificateEnd(host: string, port: number): Promise<Date> {
  const { promise, resolve, reject } = Promise.withResolvers<Date>()
  // Names are told to the server so that it shows the right one; a bare address has none.
  const named = isIP(host) ? {} : { servername: host }
  const socket = connect({ host, port, ...named, rejectUnauthorized: false, timeout: TIMEOUT_MS })
  socket.once('secureConnect', () => {
    resolve(new Date(socket.getPeerCertificate().valid_to))
    socket.destroy()
  })
  socket.once('timeout', () => socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })))
  socket.once('error', reject)
  return promise
}
