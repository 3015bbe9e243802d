// Which network addresses belong to the open internet: everything else is ours, our provider's, or nobody's.
import { BlockList, isIP } from 'node:net'

const RESERVED_4: [address: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
/** Inside of 2000::/3, which is all that is routed: tunnels that end at any IPv4 address, and documentation. */
const RESERVED_6: [address: string, prefix: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const reserved = new BlockList()
for (const [address, prefix] of RESERVED_4) reserved.addSubnet(address, prefix, 'ipv4')
for (const [address, prefix] of RESERVED_6) reserved.addSubnet(address, prefix, 'ipv6')
const routed = new BlockList()
routed.addSubnet('2000::', 3, 'ipv6')

/** False for what is no address at all, too. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !reserved.check(address, 'ipv4')
  // IPv4 addresses in IPv6 clothes (::ffff:…, 64:ff9b::…) are outside of what is routed, like ::1 and fe80::.
  return isIP(address) === 6 && routed.check(address, 'ipv6') && !reserved.check(address, 'ipv6')
}
