// Which documents an estate has, to whom each belongs, and under which file name it reaches the product.
import type { Booklet } from '#src/demo/booklet.ts'
import { boilerGuide } from '#src/demo/booklets/boiler-guide.ts'
import { berCertificate, commissioningCertificate } from '#src/demo/booklets/certificates.ts'
import { elevations, floorPlan, servicesLayout } from '#src/demo/booklets/drawings.ts'
import { brochure, flushingNotice, roadNotice, structuralSheet } from '#src/demo/booklets/estate-papers.ts'
import { heatingGuide } from '#src/demo/booklets/heating-guide.ts'
import { specification } from '#src/demo/booklets/specification.ts'
import { userGuide } from '#src/demo/booklets/user-guide.ts'
import { cylinderGuarantee, structuralWarranty } from '#src/demo/booklets/warranties.ts'
import { wasteGuide } from '#src/demo/booklets/waste-guide.ts'
import type { DemoDocument, DemoDocumentKind, DemoUnit } from '#src/demo/model.ts'
import { renderBooklet } from '#src/demo/pdf.ts'
import type { EstateProfile, HouseTypeProfile } from '#src/demo/profile.ts'
import { inventUnits } from '#src/demo/units.ts'

/** A document with its content, before it is rendered. */
export type EstatePaper = Omit<DemoDocument, 'build'> & { booklet: Booklet }

export function estateDocuments(estate: EstateProfile): DemoDocument[] {
  return estatePapers(estate).map(({ booklet, ...document }) => ({
    ...document,
    build: () => renderBooklet(booklet),
  }))
}

export function estatePapers(estate: EstateProfile): EstatePaper[] {
  return [
    ...guides(estate),
    ...estate.houseTypes.flatMap((type) => typePapers(estate, type)),
    ...drawings(estate),
    ...certificates(estate),
  ]
}

function guides(estate: EstateProfile): EstatePaper[] {
  const heatedBy = (kind: HouseTypeProfile['heating']['kind']) =>
    estate.houseTypes.filter((type) => type.heating.kind === kind).map((type) => type.code)
  const boilers = heatedBy('gas_boiler')
  const heatPumps = boilers.length === 0 ? [] : heatedBy('heat_pump')
  return [
    paper('user_guide', `${estate.name} Home User Guide.pdf`, userGuide(estate)),
    paper('manual', `${estate.name} Heating Guide.pdf`, heatingGuide(estate), heatPumps),
    ...(boilers.length > 0
      ? [paper('manual', `${estate.name} Gas Boiler Guide.pdf`, boilerGuide(estate), boilers)]
      : []),
    paper('warranty', `${estate.cylinder.maker} Cylinder Guarantee.pdf`, cylinderGuarantee(estate)),
    paper('warranty', `${estate.name} Structural Warranty Summary.pdf`, structuralWarranty(estate)),
    paper('user_guide', `${estate.name} Waste and Recycling Guide 2026.pdf`, wasteGuide(estate)),
    paper('notice', `Notice 01 Water Main Flushing.pdf`, flushingNotice(estate)),
    paper('notice', `Notice 02 Footpath and Road Works.pdf`, roadNotice(estate)),
    paper('brochure', `${estate.name} Brochure.pdf`, brochure(estate)),
    paper(
      'structural',
      `${estate.drawingPrefix}-ZZ-ZZ-SH-S-0900 Structural and Technical Sheet.pdf`,
      structuralSheet(estate),
    ),
  ]
}

function typePapers(estate: EstateProfile, type: HouseTypeProfile): EstatePaper[] {
  const hyphened = `${type.code.slice(0, 2)}-${type.code.slice(2)}`
  return [
    paper(
      'floor_plan',
      `${estate.drawingPrefix}-${asTyped(type.code)}-ZZ-DR-A-0270 Floor Plan.pdf`,
      floorPlan(estate, type),
      [type.code],
    ),
    paper('specification', `House Type ${hyphened} Specification.pdf`, specification(estate, type), [
      type.code,
    ]),
  ]
}

/** Architects mistype a zero as the letter O now and then; two of the drawings keep that on purpose. */
function asTyped(code: string): string {
  return code === 'BD01' || code === 'BS03' ? code.replace('0', 'O') : code
}

function drawings(estate: EstateProfile): EstatePaper[] {
  return estate.houseTypes
    .filter((type) => type.code === 'BS01' || type.code === 'BD01')
    .flatMap((type) => [
      paper(
        'elevation',
        `${estate.drawingPrefix}-${type.code}-ZZ-DR-A-0280 Elevations.pdf`,
        elevations(estate, type),
        [type.code],
      ),
      paper(
        'services_drawing',
        `${estate.drawingPrefix}_${type.code.toLowerCase()}_ZZ_DR_M_0310 Services Layout.pdf`,
        servicesLayout(estate, type),
        [type.code],
      ),
    ])
}

function certificates(estate: EstateProfile): EstatePaper[] {
  const units = inventUnits(estate)
  const unitNumbered = (number: string): DemoUnit => {
    const found = units.find((unit) => unit.number === number)
    if (!found) throw new Error(`${estate.name} has no home numbered ${number}`)
    return found
  }
  const rated = unitNumbered(estate.certificates.berUnit)
  const commissioned = unitNumbered(estate.certificates.commissioningUnit)
  return [
    {
      ...paper('ber', `BER Certificate ${rated.number} ${estate.name}.pdf`, berCertificate(estate, rated)),
      unitNumber: rated.number,
    },
    {
      ...paper(
        'certificate',
        `Commissioning Certificate ${commissioned.number} ${estate.name}.pdf`,
        commissioningCertificate(estate, commissioned),
      ),
      unitNumber: commissioned.number,
    },
  ]
}

function paper(
  kind: DemoDocumentKind,
  fileName: string,
  booklet: Booklet,
  houseTypeCodes: string[] = [],
): EstatePaper {
  return { kind, fileName, title: booklet.title, houseTypeCodes, unitNumber: null, booklet }
}
