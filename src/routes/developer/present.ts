// From what the rules return to what the builder's pages show.
import type { StaffDocument } from '#db/documents.ts'
import type { DocumentStateView, Rereading, VersionView } from '#views/developer/document-state.tsx'
import type { FailureCode, Ingestion } from '#views/developer/document-status.tsx'
import type { DiffPartView } from '#views/developer/document-version.tsx'
import type { DocumentRowView } from '#views/developer/documents.tsx'
import type { PassageView } from '#views/developer/passages.tsx'
import { kindLabel } from '#views/document-kinds.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { paths } from '#views/paths.ts'
import type { Passage } from '../../documents/passages.ts'
import { qualityFlags } from '../../documents/quality.ts'
import type { DiffPart } from '../../documents/text-diff.ts'
import type { Version } from '../../documents/versions.ts'
import type { portalPlace } from '../../portal.ts'

/** A comparison longer than this is cut: nobody reads on, and the page must stay light. */
const DIFF_PARAGRAPHS_MAX = 600

export const shellOf = (place: Awaited<ReturnType<typeof portalPlace>>): StaffShell => ({
  portal: 'developer',
  person: place.person,
  brand: {
    accent: place.branding.accent,
    logoUrl: place.branding.logoId && paths.developer.logo(place.branding.logoId),
  },
  developments: place.developments.map(({ id, name }) => ({ id, name, selected: id === place.chosen?.id })),
})

export const rowOf = (document: StaffDocument): DocumentRowView => ({
  id: document.id,
  title: document.title,
  kindLabel: kindLabel(document.kind),
  homeAddress: document.homeAddress,
  houseTypes: document.houseTypeCodes,
  ingestion: ingestionOf(document),
  pages: document.pageCount,
  chunks: document.chunkCount,
  sizeBytes: document.sizeBytes,
  addedAt: document.createdAt,
  isDeprecated: document.deprecatedAt !== null,
  flags: qualityFlags(document),
  olderLiveVersion: document.versionId === document.liveVersionId ? null : document.liveVersionNumber,
})

const ingestionOf = (
  row: Pick<StaffDocument, 'status' | 'stage' | 'failureCode' | 'progressDone' | 'progressTotal'>,
): Ingestion => ({
  status: row.status,
  stage: row.stage,
  progress: row.progressTotal > 0 ? { done: row.progressDone, total: row.progressTotal } : null,
  failureCode: row.failureCode as FailureCode | null,
})

export const versionView = (version: Version): VersionView => ({
  id: version.id,
  number: version.number,
  isLive: version.isLive,
  ingestion: ingestionOf(version),
  pages: version.pageCount,
  passages: version.chunkCount,
  sizeBytes: version.sizeBytes,
  notes: version.notes,
  addedAt: version.createdAt,
})

export const stateOf = (
  document: StaffDocument,
  versions: readonly Version[],
  olderUrl: string | null,
): DocumentStateView => ({
  id: document.id,
  liveNumber: document.liveVersionNumber,
  deprecatedAt: document.deprecatedAt,
  versions: versions.map(versionView),
  olderUrl,
  rereading: versions.map(rereadingOf).find((each) => each !== null) ?? null,
})

function rereadingOf(version: Version): Rereading | null {
  if (version.jobKind !== 'reingest-document') return null
  if (version.jobState === 'discarded') return { state: 'failed', code: version.jobErrorCode }
  if (version.jobState === 'completed' || version.jobState === 'cancelled') return null
  return { state: 'running', done: version.progressDone, total: version.progressTotal }
}

export const passageView = (passage: Passage): PassageView => ({
  number: passage.ordinal + 1,
  page: passage.page,
  printedPage: passage.printedPage,
  heading: passage.heading,
  text: passage.content,
})

export function shownParts(parts: readonly DiffPart[]): { parts: DiffPartView[]; isWhole: boolean } {
  let left = DIFF_PARAGRAPHS_MAX
  const shown = parts.flatMap((part) => {
    const paragraphs = part.paragraphs.slice(0, left)
    left -= paragraphs.length
    const hidden = part.kind === 'same' ? part.hidden : 0
    return paragraphs.length > 0 || hidden > 0 ? [{ kind: part.kind, hidden, paragraphs }] : []
  })
  const total = parts.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0)
  return { parts: shown, isWhole: total <= DIFF_PARAGRAPHS_MAX }
}
