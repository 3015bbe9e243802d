// What people call the kinds of documents, in the order in which a home lists them.

export type DocumentKind = keyof typeof LABELS

const LABELS = {
  user_guide: ['User guide', 'User guides'],
  manual: ['Manual', 'Manuals'],
  floor_plan: ['Floor plan', 'Floor plans'],
  elevation: ['Elevation', 'Elevations'],
  services_drawing: ['Services drawing', 'Services drawings'],
  specification: ['Specification', 'Specifications'],
  warranty: ['Warranty', 'Warranties'],
  certificate: ['Certificate', 'Certificates'],
  ber: ['BER certificate', 'BER certificates'],
  notice: ['Notice', 'Notices'],
  brochure: ['Brochure', 'Brochures'],
  structural: ['Structural document (staff only)', 'Structural documents (staff only)'],
  other: ['Other document', 'Other documents'],
} as const

export const DOCUMENT_KINDS = Object.keys(LABELS) as DocumentKind[]

export const kindLabel = (kind: DocumentKind) => LABELS[kind][0]
export const kindsLabel = (kind: DocumentKind) => LABELS[kind][1]

/** The options of a select, e.g. of the upload form. */
export const kindOptions = () => DOCUMENT_KINDS.map((kind) => ({ value: kind, label: kindLabel(kind) }))

/** Splits a list into one group per kind that occurs, in the order above; documents keep their order. */
export function groupByKind<T extends { kind: DocumentKind }>(documents: T[]) {
  return DOCUMENT_KINDS.map((kind) => ({
    kind,
    label: kindsLabel(kind),
    documents: documents.filter((document) => document.kind === kind),
  })).filter((group) => group.documents.length > 0)
}
