// Questions with the one true answer of an estate or house type, and where it is printed: what outside checks ask the product.
import { pageOf } from '#src/demo/booklet.ts'
import { type EstatePaper, estatePapers } from '#src/demo/documents.ts'
import { demoEstates } from '#src/demo/estates.ts'
import type { EstateProfile } from '#src/demo/profile.ts'
import {
  cylinderPoints,
  guidePoints,
  heatingPoints,
  type Point,
  structurePoints,
  typePoints,
  wastePoints,
} from '#src/demo/truth-points.ts'

export type DemoTruth = {
  /** Stable over runs: the estate's slug, the house type where there is one, and the subject. */
  id: string
  subject: string
  tenant: string
  development: string
  /** Null when the answer holds for every home of the development. */
  houseTypeCode: string | null
  unitNumber: string | null
  question: string
  /** Stands letter for letter on the page named below (white space apart). */
  answer: string
  fileName: string
  title: string
  canary: string
  page: number
  printedPage: number
}

export function demoTruths(): DemoTruth[] {
  return demoEstates.flatMap(estateTruths)
}

function estateTruths(estate: EstateProfile): DemoTruth[] {
  const papers = estatePapers(estate)
  const titled = (title: string) => {
    const found = papers.find((paper) => paper.title === title)
    if (!found) throw new Error(`${estate.name} has no document titled ${title}`)
    return found
  }
  const hasBoilers = estate.houseTypes.some((type) => type.heating.kind === 'gas_boiler')
  return [
    ...truths(estate, titled('Home User Guide'), guidePoints(estate), null),
    ...heatingCodes(estate, hasBoilers).flatMap((code) =>
      truths(estate, titled('Heating Guide'), heatingPoints(estate), code),
    ),
    ...truths(estate, titled('Hot Water Cylinder Guarantee'), cylinderPoints(estate), null),
    ...truths(estate, titled('Structural Warranty Summary'), structurePoints(estate), null),
    ...truths(estate, titled('Waste and Recycling Guide'), wastePoints(estate), null),
    ...truths(
      estate,
      titled('Notice: Flushing of the Water Main'),
      [['flushing', 'When will the water main be flushed?', estate.notices.flushing, 'when']],
      null,
    ),
    ...estate.houseTypes.flatMap((type) =>
      truths(estate, titled(`House Type ${type.code} Specification`), typePoints(estate, type), type.code),
    ),
    ...unitTruths(estate, papers),
  ]
}

/** Where some types have a boiler, the heating guide belongs to the others and each of them is asked. */
function heatingCodes(estate: EstateProfile, hasBoilers: boolean): (string | null)[] {
  if (!hasBoilers) return [null]
  return estate.houseTypes.filter((type) => type.heating.kind === 'heat_pump').map((type) => type.code)
}

function unitTruths(estate: EstateProfile, papers: EstatePaper[]): DemoTruth[] {
  const { berUnit, berRating, berValue } = estate.certificates
  const certificate = papers.find((paper) => paper.kind === 'ber')
  if (!certificate) throw new Error(`${estate.name} has no BER certificate`)
  const points: Point[] = [
    ['ber', 'What is my BER?', berRating, 'rating'],
    ['ber_energy', 'What is the calculated energy use on my BER certificate?', berValue, 'rating'],
  ]
  return truths(estate, certificate, points, null).map((truth) => ({ ...truth, unitNumber: berUnit }))
}

function truths(
  estate: EstateProfile,
  paper: EstatePaper,
  points: Point[],
  houseTypeCode: string | null,
): DemoTruth[] {
  return points.map(([subject, question, answer, leafId]) => ({
    id: [estate.slug, houseTypeCode, subject].filter(Boolean).join('/'),
    subject,
    tenant: estate.tenant.slug,
    development: estate.slug,
    houseTypeCode,
    unitNumber: null,
    question,
    answer,
    fileName: paper.fileName,
    title: paper.title,
    canary: paper.booklet.canary,
    ...pageOf(paper.booklet, leafId),
  }))
}
