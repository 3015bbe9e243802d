// What is built of and with: a list of parts, packages that may run scripts, and no secret in any file.
import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { billOfMaterials, readLock } from '../.ci/sbom.ts'
import { scanRepository, secretsIn } from '../.ci/secrets.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const lock = readFileSync('bun.lock', 'utf8')

test('the list of parts names every package of the lock, once', () => {
  const bom = billOfMaterials(lock, manifest)
  expect([bom.bomFormat, bom.specVersion, bom.metadata.component.name]).toEqual([
    'CycloneDX',
    '1.6',
    'openhouse',
  ])
  const refs = bom.components.map((part) => part['bom-ref'])
  expect(new Set(refs).size).toBe(refs.length)
  const resolved = new Set(Object.values(readLock(lock).packages).map(([each]) => each))
  expect(bom.components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual([...resolved].sort())
  for (const [name, version] of Object.entries(manifest.dependencies))
    expect(
      bom.components
        .filter((part) => part.name === name && part.scope === 'required')
        .map((part) => part.version),
    ).toContain(version as string)
  for (const part of bom.components) {
    expect(part.purl).toMatch(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@[\w.+-]+$/)
    expect(part.hashes?.[0]?.content, part.name).toMatch(/^[0-9a-f]{128}$/)
  }
  expect(bom.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})

test('the same lock gives the same list', () => {
  expect(billOfMaterials(lock, manifest)).toEqual(billOfMaterials(lock, manifest))
})

test('every version is exact', () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
    expect(version as string, name).toMatch(/^(?:npm:[\w@/.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/)
})

test('only the parts that were named run a script at install', () => {
  const page = readFileSync('SECURITY.md', 'utf8')
  const reasons = [...page.matchAll(/^\| `([^`]+)`\s+\| (.{15,}) \|$/gm)].map(([, name]) => name)
  expect(reasons.sort()).toEqual([...manifest.trustedDependencies].sort())
})

test('no file of the repository holds a secret', () => {
  const { files, findings } = scanRepository()
  expect(files).toBeGreaterThan(500)
  expect(findings).toEqual([])
})

// In pieces, or this file would hold what it looks for.
test.each([
  ['a private key', `-----BEGIN ${'RSA '}PRIVATE KEY-----`],
  ['a key of Amazon', `id = ${'AKIA'}${'Q'.repeat(16)}`],
  ['a key of OpenAI', `key: '${'sk-'}${'a1'.repeat(20)}'`],
  ['a key of Google', `${'AIza'}${'b'.repeat(35)}`],
  ['a token of GitHub', `${'ghp_'}${'c'.repeat(36)}`],
  ['a key of our own', `${'oh_'}${'d'.repeat(43)}`],
  ['a signed token', `${'eyJ'}${'e'.repeat(20)}.${'eyJ'}${'f'.repeat(20)}.${'g'.repeat(43)}`],
  ['a password in an address', `postgres://${'app:a-long-password'}@db.company.ie/x`],
  ['a secret setting', `A=1\nJWT_${'SECRET='}${'h'.repeat(32)}`],
])('%s would be found, with its line', (what, text) => {
  expect(secretsIn('x', `first\n${text}`)).toContainEqual({
    path: 'x',
    line: what === 'a secret setting' ? 3 : 2,
    what,
  })
})
