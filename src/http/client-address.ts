// The caller's address: the socket's, unless a proxy that the operator named speaks for somebody else.

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

/** Cloudflare's published ranges (IPv4 as [network, bits]); only these may set CF-Connecting-IP. */
const CLOUDFLARE_V4: readonly (readonly [string, number])[] = [
  ['173.245.48.0', 20],
  ['103.21.244.0', 22],
  ['103.22.200.0', 22],
  ['103.31.4.0', 22],
  ['141.101.64.0', 18],
  ['108.162.192.0', 18],
  ['190.93.240.0', 20],
  ['188.114.96.0', 20],
  ['197.234.240.0', 22],
  ['198.41.128.0', 17],
  ['162.158.0.0', 15],
  ['104.16.0.0', 13],
  ['104.24.0.0', 14],
  ['172.64.0.0', 13],
  ['131.0.72.0', 22],
]

export type TrustedProxy = 'none' | 'loopback' | 'cloudflare'

/** `socketAddress` is null when a request is handled in process, without a socket. */
export function clientAddress(request: Request, socketAddress: string | null, trusted: TrustedProxy): string {
  const peer = socketAddress ?? '127.0.0.1'
  const speaksForOthers =
    (trusted === 'loopback' && LOOPBACK.test(peer)) ||
    (trusted === 'cloudflare' && (LOOPBACK.test(peer) || isCloudflare(peer)))
  const named = speaksForOthers ? request.headers.get('cf-connecting-ip')?.trim() : null
  return named && /^[0-9a-fA-F.:]{3,45}$/.test(named) ? named : peer
}

/** One household or office: an IPv4 address, or the /64 that a provider hands out whole. */
export function addressGroup(address: string): string {
  const v4 = address.startsWith('::ffff:') ? address.slice(7) : address
  if (!v4.includes(':')) return v4
  const [head = '', tail = ''] = v4.split('::')
  const left = head.split(':').filter(Boolean)
  const right = v4.includes('::') ? tail.split(':').filter(Boolean) : []
  const groups = [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((g) => Number.parseInt(g, 16).toString(16))
    .join(':')}::/64`
}

function isCloudflare(peer: string): boolean {
  const address = toNumber(peer.replace('::ffff:', ''))
  return (
    address !== null &&
    CLOUDFLARE_V4.some(
      ([network, bits]) => address >>> (32 - bits) === (toNumber(network) as number) >>> (32 - bits),
    )
  )
}

function toNumber(address: string): number | null {
  const parts = address.split('.').map(Number)
  if (parts.length !== 4 || parts.some((p) => !Number.isInteger(p) || p < 0 || p > 255)) return null
  return parts.reduce((sum, part) => ((sum << 8) | part) >>> 0, 0)
}
