// The words for kinds of documents, in the order in which people look for them.
import { type DocumentKind, documentKinds, isDocumentKind } from '#db/document-kinds.ts'

const LABELS: Record<DocumentKind, string> = {
  user_guide: 'User guide',
  manual: 'Manual',
  floor_plan: 'Floor plan',
  elevation: 'Elevation',
  services_drawing: 'Services drawing',
  specification: 'Specification',
  warranty: 'Warranty',
  ber: 'BER',
  certificate: 'Certificate',
  notice: 'Notice',
  brochure: 'Brochure',
  structural: 'Structural sheet',
  other: 'Other document',
}

const GROUPS: Partial<Record<DocumentKind, string>> = {
  user_guide: 'User guides',
  manual: 'Manuals',
  floor_plan: 'Floor plans',
  elevation: 'Elevations',
  services_drawing: 'Services drawings',
  specification: 'Specifications',
  warranty: 'Warranties',
  certificate: 'Certificates',
  notice: 'Notices',
  brochure: 'Brochures',
  other: 'Other documents',
}

export const kindLabel = (kind: string): string => (isDocumentKind(kind) ? LABELS[kind] : 'Document')
export const kindGroup = (kind: DocumentKind): string => GROUPS[kind] ?? LABELS[kind]

/** Kinds in the order of the labels: what families look for first comes first. */
export const kindsInOrder = Object.keys(LABELS).filter((kind): kind is DocumentKind => documentKinds.includes(kind as DocumentKind))
