// The true answers of one estate, from which its facts, its documents and the list of truths are all derived.

import type { DemoPlace } from '#src/demo/model.ts'
import type { RoomLayout } from '#src/demo/rooms.ts'

export type EstateProfile = {
  tenant: { slug: string; name: string; webHost: string; accent: Accent }
  slug: string
  name: string
  /** Prefix of document references, such as LVP in `Ref LVP-UG-2026`. */
  ref: string
  /** Beginning of drawing numbers, such as 281-MHL. */
  drawingPrefix: string
  codePrefix: string
  addressLine: string
  locality: string
  county: string
  /** Not an allocated routing key, so that no invented Eircode is somebody's address. */
  eircodeKey: string
  latitude: number
  longitude: number
  seed: number
  handoverYear: number
  office: { phone: string; email: string; hours: string }
  emergencyPhone: string
  managementCompany: { name: string; email: string }
  water: { stopcock: string; boundaryValve: string; pressureBar: string; turnsOff: string }
  fuseBoard: string
  ventilation: { cleanEvery: string; replaceEvery: string; boostMinutes: number }
  heating: HeatingProfile
  safetyAlarms: { testEvery: string; lifeYears: number; carbonMonoxideIn: string }
  intruderAlarm: {
    keypad: string
    exitSeconds: number
    batteryHours: number
    batteryYears: number
    zones: number
  }
  decorating: { dryingMonths: number; crackMm: number; waitMonths: number; walls: string; woodwork: string }
  appliances: { dishwasherYears: number; ovenYears: number; hobYears: number; hoodYears: number }
  waste: WasteProfile
  cylinder: CylinderGuarantee
  structure: StructuralCover
  broadband: string
  notices: { flushing: string; flushingHours: string; works: string; worksRoad: string }
  certificates: {
    berUnit: string
    berRating: string
    berValue: string
    berNumber: string
    commissioningUnit: string
  }
  houseTypes: HouseTypeProfile[]
  places: DemoPlace[]
}

export type Accent = 'gold' | 'navy'

export type HeatingProfile = {
  maker: string
  bleedEvery: string
  bleedMonths: string
  pressureBar: string
  roomSetpoint: string
  nightSetback: string
  flowTemperature: string
  warmUp: string
  defrostMinutes: string
  hotWaterTemperature: string
  legionella: string
  serviceEvery: string
  /** Meaning of E1 … E9, in that order. */
  errorCodes: FaultName[]
}

export type FaultName =
  | 'controller_contact'
  | 'outdoor_sensor'
  | 'flow_sensor'
  | 'refrigerant_pressure'
  | 'compressor_overload'
  | 'low_flow'
  | 'fan_blocked'
  | 'cylinder_sensor'
  | 'frost_protection'

export type WasteProfile = {
  collector: string
  day: 'Monday' | 'Tuesday' | 'Thursday'
  general: string
  recycling: string
  food: string
  /** Collection day of the first general-waste week of 2026, ISO date. */
  firstGeneralOn: string
  putOutAfter: string
  storage: string
  glass: string
}

export type CylinderGuarantee = {
  maker: string
  shellYears: number
  partsYears: number
  registerWithinDays: number
  registerAt: string
  serviceEvery: string
}

export type StructuralCover = {
  provider: string
  structureYears: number
  waterYears: number
  smokeYears: number
  policyStarts: string
  claimsPhone: string
}

export type HouseTypeProfile = {
  code: string
  name: string
  /** The first is the typical one. */
  variants: HouseVariant[]
  /** False when the variants differ so much that nothing may be called typical. */
  hasTypicalSize: boolean
  heating: { kind: 'heat_pump' | 'gas_boiler'; model: string; outputKw: string }
  cylinderLitres: number
  ventilation: string
  windowUValue: string
  wallInsulation: string
  roofInsulationMm: number
  worktop: string
  alarm: string
  solarPanels: number
  frontDoor: string
  parking: string | null
}

export type HouseVariant = {
  label: string
  bedrooms: number
  bathrooms: number
  layout: RoomLayout
  widthM: number
  isMirrored: boolean
  /** Floor area of every home built to this variant, in square metres. */
  sizesM2: number[]
}

export function houseTypeOf(estate: EstateProfile, code: string): HouseTypeProfile {
  const found = estate.houseTypes.find((type) => type.code === code)
  if (!found) throw new Error(`${estate.name} has no house type ${code}`)
  return found
}

export function typicalVariant(type: HouseTypeProfile): HouseVariant {
  const [first] = type.variants
  if (!first) throw new Error(`House type ${type.code} has no variant`)
  return first
}

export function areaOf(variant: HouseVariant): number {
  return variant.sizesM2[0] ?? 0
}
