// What a backup says of itself: its tables and files with their fingerprints, and which version and key they need.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SentenceError } from '../sentence-error.ts'

const MANIFEST = 'manifest.json'
const SEAL = 'manifest.sha256'
const FORMAT = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().nonnegative()
const manifest = z.object({
  format: z.literal(FORMAT),
  made_at: z.iso.datetime(),
  release: z.string(),
  encryption_key_id: z.string(),
  migrations: z.array(z.object({ tag: z.string(), hash: z.string() })).min(1),
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z0-9_]+$/),
      columns: z.array(z.string()),
      rows: count,
      bytes: count,
      sha256,
    }),
  ),
  files: z.array(z.object({ key: z.string().regex(/^[0-9a-z/-]+$/), bytes: count, sha256 })),
  /** Files that rows name and the store did not have. */
  missing_files: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifest>

export const tablePath = (folder: string, name: string) => join(folder, 'tables', `${name}.copy`)
export const filePath = (folder: string, key: string) => join(folder, 'files', key)

export async function writeManifest(folder: string, made: Omit<Manifest, 'format'>): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, ...made }, null, 1)}\n`
  await Bun.write(join(folder, MANIFEST), text)
  await Bun.write(join(folder, SEAL), `${hashOf(text)}\n`)
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Reads a backup's manifest and compares every table and file with it.
 * @throws SentenceError when the folder is no whole backup
 */
export async function readBackup(folder: string): Promise<Manifest> {
  if (!existsSync(join(folder, MANIFEST)))
    throw new SentenceError(`${folder} is no backup: it holds no ${MANIFEST}.`)
  const text = await Bun.file(join(folder, MANIFEST)).text()
  const seal = await Bun.file(join(folder, SEAL))
    .text()
    .catch(() => '')
  if (seal.trim() !== hashOf(text))
    throw new SentenceError(
      `${MANIFEST} is not as it was written (${SEAL} says otherwise): take another backup.`,
    )
  const parsed = manifest.safeParse(JSON.parse(text))
  if (!parsed.success)
    throw new SentenceError(
      `${MANIFEST} is of a kind that this version cannot read: use the version that made it.`,
    )
  for (const { name, ...expected } of parsed.data.tables)
    await compare(tablePath(folder, name), `tables/${name}.copy`, expected)
  for (const { key, ...expected } of parsed.data.files)
    await compare(filePath(folder, key), `files/${key}`, expected)
  return parsed.data
}

async function compare(
  path: string,
  name: string,
  expected: { bytes: number; sha256: string },
): Promise<void> {
  if (!existsSync(path)) throw new SentenceError(`${name} is missing from the backup: take another one.`)
  const found = await fingerprintOf(path)
  if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256)
    throw new SentenceError(
      `${name} is not as it was when the backup was made: take another one. Nothing was restored.`,
    )
}

export type Fingerprint = { bytes: number; lines: number; sha256: string }

export async function fingerprintOf(path: string): Promise<Fingerprint> {
  const hash = createHash('sha256')
  let bytes = 0
  let lines = 0
  for await (const chunk of createReadStream(path)) {
    const part = chunk as Buffer
    hash.update(part)
    bytes += part.length
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines++
  }
  return { bytes, lines, sha256: hash.digest('hex') }
}
