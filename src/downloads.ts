// Downloads: a signed, expiring address for one document, and the file behind it, whole or in ranges.
import { z } from 'zod'
import type { Actor, HomeScope, Scope } from '#db/scope.ts'
import { signToken, verifyToken } from './access/tokens.ts'
import { STORED_FILE_KEY, StoredFileMissing, storage } from './clients/storage.ts'
import { config } from './config.ts'
import { contentDisposition } from './documents/file-names.ts'
import { takeVersionFile } from './documents/versions.ts'
import { takeHomeFile, takeHomeFiles, takeStaffFile } from './documents.ts'
import { failure } from './failure.ts'
import { takeListFile } from './list-exports.ts'
import { personOf, takeExportFile } from './people.ts'

const signedClaims = z.object({
  key: z.string().regex(STORED_FILE_KEY),
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  attachment: z.boolean(),
  /** Whose session must come with it; none for programs, which hand the address to whom they serve. */
  holder: z.string().optional(),
  type: z.enum(['application/zip', 'text/csv; charset=utf-8']).optional(),
})
type Signed = z.infer<typeof signedClaims>

/**
 * For each page of a document, an address of the file for whoever holds it, for some minutes; null where the home may
 * no longer see the document. Each document is noted as an access.
 */
export async function signedPageUrls(
  home: HomeScope,
  pages: readonly { documentId: string; page: number }[],
): Promise<(string | null)[]> {
  const files = await takeHomeFiles(home, [...new Set(pages.map(({ documentId }) => documentId))])
  return Promise.all(
    pages.map(async ({ documentId, page }) => {
      const file = files.find(({ id }) => id === documentId)
      return file ? `${config().publicUrl}${await filePath(documentId, file, page, home.actor)}` : null
    }),
  )
}

/** @throws Failure `not_found` when the home may not see the document. */
export async function homeFilePath(
  home: HomeScope,
  documentId: string,
  page: number | null,
): Promise<string> {
  const file = await takeHomeFile(home, documentId)
  return filePath(documentId, file, page, home.actor)
}

export async function staffFilePath(scope: Scope, documentId: string): Promise<string> {
  return filePath(documentId, await takeStaffFile(scope, documentId), null, scope.actor)
}

/** An address of the person's own copy of their data. @throws Failure `not_found` */
export async function exportFilePath(
  home: HomeScope,
  purchaserId: string | null,
  exportId: string,
): Promise<string> {
  const file = await takeExportFile(home, personOf(home, purchaserId), exportId)
  const signed: Signed = {
    key: file.storageKey,
    name: file.fileName,
    bytes: file.sizeBytes,
    attachment: true,
    type: 'application/zip',
    ...holderOf(home.actor),
  }
  return `/files/${await signToken('download', exportId, signed)}`
}

/** An address of a list that a job wrote for this member of staff. @throws Failure `not_found` */
export async function listFilePath(scope: Scope, staffId: string, exportId: string): Promise<string> {
  const file = await takeListFile(scope, staffId, exportId)
  const signed: Signed = {
    key: file.storageKey,
    name: file.fileName,
    bytes: file.sizeBytes,
    attachment: true,
    type: 'text/csv; charset=utf-8',
    ...holderOf(scope.actor),
  }
  return `/files/${await signToken('download', exportId, signed)}`
}

/** @throws Failure `not_found` */
export async function versionFilePath(scope: Scope, documentId: string, versionId: string): Promise<string> {
  return filePath(documentId, await takeVersionFile(scope, documentId, versionId), null, scope.actor)
}

async function filePath(
  documentId: string,
  file: { storageKey: string; fileName: string; sizeBytes: number; hasActiveContent: boolean },
  page: number | null,
  actor: Actor,
): Promise<string> {
  const signed: Signed = {
    key: file.storageKey,
    name: file.fileName,
    bytes: file.sizeBytes,
    attachment: file.hasActiveContent,
    ...holderOf(actor),
  }
  const token = await signToken('download', documentId, signed)
  return `/files/${token}${page ? `#page=${page}` : ''}`
}

/** A household's address is good in the session that asked for it, a member of staff's in any of their own. */
function holderOf(actor: Actor): { holder?: string } {
  if (actor.type === 'purchaser') return { holder: actor.sessionId }
  return actor.type === 'staff' || actor.type === 'super_admin' ? { holder: actor.id } : {}
}

/**
 * Serves the file behind a signed address. `isHolder` says whether a session of whom it was made for came with it.
 * @throws Failure `not_found` for any address that is not a live one
 */
export async function fileResponse(
  token: string,
  rangeHeader: string | null,
  isHolder: (holder: string) => Promise<boolean>,
): Promise<Response> {
  const verified = await verifyToken('download', token)
  const signed = verified && signedClaims.safeParse(verified.claims)
  if (!signed?.success) throw failure('not_found')
  const { key, name, bytes, attachment, type, holder } = signed.data
  if (holder && !(await isHolder(holder))) throw failure('not_found')
  const range = rangeOf(rangeHeader, bytes)
  const headers = new Headers({
    'content-type': type ?? 'application/pdf',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-disposition': contentDisposition(attachment ? 'attachment' : 'inline', name),
    // Scripts inside a PDF get no origin; the browser's own viewer still needs its plug-in document and its styles.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; sandbox",
  })
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${bytes}` } })
  const body = await storage()
    .open(key, range ?? undefined)
    .catch((error) => {
      if (error instanceof StoredFileMissing) throw failure('not_found', {}, { cause: error })
      throw error
    })
  headers.set('content-length', String(range ? range.end - range.start : bytes))
  if (range) headers.set('content-range', `bytes ${range.start}-${range.end - 1}/${bytes}`)
  return new Response(body.stream(), { status: range ? 206 : 200, headers })
}

/** One range of bytes (`end` exclusive); several at once are answered with the whole file, as the standard allows. */
function rangeOf(
  header: string | null,
  bytes: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [, first = '', last = ''] = match
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first)
  const end = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1)
  return start >= end || start >= bytes ? 'unsatisfiable' : { start, end }
}
