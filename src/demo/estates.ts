// The demonstration: two invented builders with same-looking estates whose true answers differ everywhere.

import { estateChecklists } from '#src/demo/checklists.ts'
import { estateDocuments } from '#src/demo/documents.ts'
import { estateFacts, houseTypeFacts } from '#src/demo/facts.ts'
import { harbourView } from '#src/demo/harbour-view.ts'
import { longviewEstates, longviewPark } from '#src/demo/longview-park.ts'
import { estateMaintenance } from '#src/demo/maintenance.ts'
import type { DemoDevelopment, DemoStaff, DemoTenant } from '#src/demo/model.ts'
import { estateNotices } from '#src/demo/notices.ts'
import { areaOf, type EstateProfile, type HouseTypeProfile, typicalVariant } from '#src/demo/profile.ts'
import { rathardPark } from '#src/demo/rathard-park.ts'
import { estateResponsibilities } from '#src/demo/responsibilities.ts'
import { inventUnits } from '#src/demo/units.ts'

export const demoEstates: EstateProfile[] = [longviewPark, rathardPark, harbourView]

/** Pure and deterministic: two calls are deeply equal, and so are the bytes of the documents they build. */
export function demoTenants(): DemoTenant[] {
  return [
    {
      slug: longviewEstates.slug,
      name: longviewEstates.name,
      staff: longviewStaff,
      developments: [longviewPark, rathardPark].map(developmentOf),
    },
    {
      slug: harbourView.tenant.slug,
      name: harbourView.tenant.name,
      staff: harbourStaff,
      developments: [developmentOf(harbourView)],
    },
  ]
}

const longviewStaff: DemoStaff[] = [
  {
    email: 'caoilfhionn@longview-estates.example',
    name: 'Caoilfhionn Ó Muirthile',
    role: 'admin',
    developments: ['longview-park', 'rathard-park'],
  },
  {
    email: 'fearghal@longview-estates.example',
    name: 'Fearghal Delahunte',
    role: 'developer',
    developments: ['longview-park', 'rathard-park'],
  },
  {
    email: 'agnieszka@longview-estates.example',
    name: 'Agnieszka O’Dargan',
    role: 'developer',
    developments: ['rathard-park'],
  },
]

const harbourStaff: DemoStaff[] = [
  {
    email: 'muireann@harbour-homes.example',
    name: 'Muireann Sarsfielde',
    role: 'admin',
    developments: ['harbour-view'],
  },
  {
    email: 'diarmuid@harbour-homes.example',
    name: 'Diarmuid Mac Ardghail',
    role: 'developer',
    developments: ['harbour-view'],
  },
]

function developmentOf(estate: EstateProfile): DemoDevelopment {
  return {
    slug: estate.slug,
    name: estate.name,
    codePrefix: estate.codePrefix,
    addressLine: estate.addressLine,
    locality: estate.locality,
    county: estate.county,
    eircode: null,
    latitude: estate.latitude,
    longitude: estate.longitude,
    houseTypes: estate.houseTypes.map(houseTypeRow),
    units: inventUnits(estate),
    facts: [...estateFacts(estate), ...estate.houseTypes.flatMap((type) => houseTypeFacts(estate, type))],
    places: estate.places,
    documents: estateDocuments(estate),
    notices: estateNotices(estate),
    responsibilities: estateResponsibilities(estate),
    maintenance: estateMaintenance(estate),
    checklists: estateChecklists(),
  }
}

function houseTypeRow(type: HouseTypeProfile) {
  const variant = typicalVariant(type)
  return {
    code: type.code,
    name: type.name,
    typicalBedrooms: type.hasTypicalSize ? variant.bedrooms : null,
    typicalFloorAreaM2: type.hasTypicalSize ? areaOf(variant) : null,
  }
}
