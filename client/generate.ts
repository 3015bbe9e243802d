// Generates the types of the API's client from the agreed contract: `bun run client`, never by hand.
import { plugin } from 'bun'
import typescript from 'typescript-5'

const CONTRACT = new URL('../test/golden/openapi.json', import.meta.url)
const TYPES = new URL('contract.ts', import.meta.url)
const HEAD = '// Generated from the OpenAPI document by `bun run client`. Do not edit.\n\n'

// The generator prints with the compiler's syntax tree, which TypeScript 7 does not offer to programs.
plugin({
  name: 'the compiler that the generator knows',
  setup: (build) =>
    void build.module('typescript', () => ({ exports: { default: typescript }, loader: 'object' })),
})

/** The types of a document, as text. Files are sent as blobs, which the generator would take for strings. */
export async function typesOf(document: string): Promise<string> {
  const { default: generate, astToString } = await import('openapi-typescript')
  const blob = typescript.factory.createTypeReferenceNode('Blob')
  const nodes = await generate(document, {
    // A default is for who leaves it out, so it may be left out.
    defaultNonNullable: false,
    transform: (schema) => (schema.format === 'binary' ? blob : undefined),
  })
  return HEAD + astToString(nodes)
}

if (import.meta.main) await Bun.write(TYPES, await typesOf(await Bun.file(CONTRACT).text()))
