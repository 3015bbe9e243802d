// Kinds of documents and who each is for: the table behind the one predicate that decides what a home sees.

/** `purchasers`: shown in the homes it matches. `answers`: may be quoted to them. */
const rules = {
  floor_plan: { purchasers: true, answers: true },
  elevation: { purchasers: true, answers: true },
  services_drawing: { purchasers: true, answers: true },
  manual: { purchasers: true, answers: true },
  specification: { purchasers: true, answers: true },
  warranty: { purchasers: true, answers: true },
  ber: { purchasers: true, answers: true },
  user_guide: { purchasers: true, answers: true },
  notice: { purchasers: true, answers: true },
  certificate: { purchasers: true, answers: true },
  brochure: { purchasers: true, answers: false },
  structural: { purchasers: false, answers: false },
  other: { purchasers: true, answers: true },
} as const

export type DocumentKind = keyof typeof rules

export const documentKinds = Object.keys(rules) as DocumentKind[]
export const purchaserKinds = documentKinds.filter((kind) => rules[kind].purchasers)
export const answerKinds = documentKinds.filter((kind) => rules[kind].answers)
export const isDocumentKind = (text: string): text is DocumentKind => Object.hasOwn(rules, text)
