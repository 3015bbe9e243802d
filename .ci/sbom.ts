// The list of parts (CycloneDX 1.6) of what bun.lock says is installed. Run: bun .ci/sbom.ts > sbom.json
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

type Lock = { packages: Record<string, [resolved: string, ...rest: unknown[]]> }
type Manifest = { name: string; version: string; dependencies: object; devDependencies: object }

export type Part = {
  type: 'library'
  'bom-ref': string
  name: string
  version: string
  purl: string
  scope: 'required' | 'optional'
  hashes?: { alg: 'SHA-512'; content: string }[]
}

/** The lock is JSON but for commas before closing brackets. */
export const readLock = (text: string): Lock => JSON.parse(text.replace(/,(?=\s*[\]}])/g, '')) as Lock

/** The same lock gives the same list, to the byte: only what is installed may change it. */
export function billOfMaterials(lockText: string, manifest: Manifest) {
  const digest = createHash('sha256').update(lockText).digest('hex')
  const parts = new Map<string, Part>()
  for (const [name, [resolved, ...rest]] of Object.entries(readLock(lockText).packages)) {
    const part = partOf(resolved, rest, name in manifest.dependencies)
    const known = parts.get(part['bom-ref'])
    if (!known || part.scope === 'required') parts.set(part['bom-ref'], part)
  }
  const { name, version } = manifest
  return {
    bomFormat: 'CycloneDX' as const,
    specVersion: '1.6' as const,
    serialNumber: `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`,
    version: 1,
    metadata: { component: { type: 'application' as const, 'bom-ref': name, name, version } },
    components: [...parts.values()].sort((a, b) => a['bom-ref'].localeCompare(b['bom-ref'])),
  }
}

function partOf(resolved: string, rest: readonly unknown[], isRequired: boolean): Part {
  const at = resolved.lastIndexOf('@')
  const [name, version] = [resolved.slice(0, at), resolved.slice(at + 1)]
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const integrity = rest.find(
    (each): each is string => typeof each === 'string' && each.startsWith('sha512-'),
  )
  const content = integrity && Buffer.from(integrity.slice(7), 'base64').toString('hex')
  return {
    ...{ type: 'library', 'bom-ref': purl, name, version, purl },
    scope: isRequired ? 'required' : 'optional',
    ...(content ? { hashes: [{ alg: 'SHA-512' as const, content }] } : {}),
  }
}

if (import.meta.main) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
  process.stdout.write(
    `${JSON.stringify(billOfMaterials(readFileSync('bun.lock', 'utf8'), manifest), null, 2)}\n`,
  )
}
