// From what the rules return to what the builder's pages show.
import type { StaffDocument } from '#db/documents.ts'
import type { FailureCode } from '#views/developer/document-status.tsx'
import type { DocumentRowView } from '#views/developer/documents.tsx'
import { kindLabel } from '#views/document-kinds.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import type { portalPlace } from '../../portal.ts'

export const shellOf = (place: Awaited<ReturnType<typeof portalPlace>>): StaffShell => ({
  portal: 'developer',
  person: place.person,
  developments: place.developments.map(({ id, name }) => ({ id, name, selected: id === place.chosen?.id })),
})

export const rowOf = (document: StaffDocument): DocumentRowView => ({
  id: document.id,
  title: document.title,
  kindLabel: kindLabel(document.kind),
  houseTypes: document.houseTypeCodes,
  ingestion: {
    status: document.status,
    stage: document.stage,
    progress:
      document.progressTotal > 0 ? { done: document.progressDone, total: document.progressTotal } : null,
    failureCode: document.failureCode as FailureCode | null,
  },
  pages: document.pageCount,
  chunks: document.chunkCount,
  sizeBytes: document.sizeBytes,
  addedAt: document.createdAt,
})
