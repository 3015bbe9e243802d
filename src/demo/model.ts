// The shape of the demonstration estates: plain values that the seed turns into rows and files.

export type DemoTenant = {
  slug: string
  name: string
  staff: DemoStaff[]
  developments: DemoDevelopment[]
}

export type DemoStaff = {
  email: string
  name: string
  role: 'admin' | 'developer'
  /** Slugs of the developments granted to this person. */
  developments: string[]
}

export type DemoDevelopment = {
  slug: string
  name: string
  /** Two letters that cannot be misread, with which the development's access codes begin. */
  codePrefix: string
  addressLine: string
  locality: string
  county: string
  eircode: string | null
  latitude: number
  longitude: number
  houseTypes: DemoHouseType[]
  units: DemoUnit[]
  facts: DemoFact[]
  places: DemoPlace[]
  documents: DemoDocument[]
  notices: DemoNotice[]
  responsibilities: DemoResponsibility[]
  maintenance: DemoMaintenance[]
  checklists: DemoChecklistItem[]
}

export type DemoHouseType = {
  code: string
  name: string
  typicalBedrooms: number | null
  typicalFloorAreaM2: number | null
}

export type DemoUnit = {
  number: string
  addressLine: string
  eircode: string | null
  houseTypeCode: string
  bedrooms: number | null
  bathrooms: number | null
  floorAreaM2: number | null
  latitude: number | null
  longitude: number | null
  /** ISO date; null while the home is not handed over. */
  handedOverOn: string | null
  purchasers: { fullName: string }[]
  facts: DemoFact[]
}

const demoTopics = [
  'rooms',
  'heating',
  'hot_water',
  'ventilation',
  'solar',
  'ber',
  'parking',
  'bins',
  'contacts',
  'emergency',
  'management_company',
  'utilities',
] as const

export type DemoTopic = (typeof demoTopics)[number]

export type DemoFact = {
  houseTypeCode: string | null
  topic: DemoTopic
  key: string
  label: string
  value: string
  lengthM: number | null
  widthM: number | null
  areaM2: number | null
  source: string
  /** ISO date. */
  recordedOn: string
}

export type DemoPlace = {
  category: string
  name: string
  /** Null when only the name is on record, so that the place is not on the map. */
  latitude: number | null
  longitude: number | null
  source: string
  recordedOn: string
}

export type DemoNotice = {
  title: string
  body: string
  category: 'general' | 'works' | 'utilities' | 'safety' | 'event'
}

export type DemoChecklistItem = { checklist: 'handover' | 'moving_in'; title: string; note: string | null }

export type DemoMaintenance = {
  kind: 'task' | 'warranty'
  title: string
  note: string
  months: number
}

export type DemoResponsibility = {
  thing: string
  party: 'owner' | 'builder' | 'management_company' | 'council' | 'utility' | 'unresolved'
  partyName: string | null
  evidence: string
  /** ISO date. */
  evidenceOn: string
}

export type DemoDocumentKind =
  | 'floor_plan'
  | 'elevation'
  | 'services_drawing'
  | 'manual'
  | 'specification'
  | 'warranty'
  | 'ber'
  | 'user_guide'
  | 'notice'
  | 'certificate'
  | 'brochure'
  | 'structural'
  | 'other'

export type DemoDocument = {
  fileName: string
  title: string
  kind: DemoDocumentKind
  /** Empty: the whole development. */
  houseTypeCodes: string[]
  unitNumber: string | null
  build: () => Promise<Uint8Array>
}
