// What is on record: of the estate, of a house type ("typically") and of single homes; what is left out must become a gap.
import type { DemoFact, DemoTopic } from '#src/demo/model.ts'
import {
  areaOf,
  type EstateProfile,
  type HouseTypeProfile,
  type HouseVariant,
  typicalVariant,
} from '#src/demo/profile.ts'
import { describeRoom, type Room, roomsOf } from '#src/demo/rooms.ts'

const recordedOn = '2026-02-16'

export function estateFacts(estate: EstateProfile): DemoFact[] {
  const { waste, office } = estate
  const builder = `${estate.tenant.name} handover pack`
  const fact = (topic: DemoTopic, key: string, label: string, value: string, source = builder) =>
    plainFact(null, topic, key, label, value, source)
  return [
    fact(
      'emergency',
      'emergency.services',
      'Fire, ambulance, Garda Síochána',
      '999 or 112',
      'National emergency service',
    ),
    fact(
      'emergency',
      'emergency.contact',
      `${estate.name} emergency line, for a major leak or loss of power`,
      estate.emergencyPhone,
    ),
    fact(
      'emergency',
      'emergency.gas',
      'Gas Networks Ireland, 24-hour gas emergency line',
      '1800 20 50 50',
      'Gas Networks Ireland, public emergency number',
    ),
    fact(
      'emergency',
      'emergency.electricity',
      'ESB Networks, 24-hour emergency and fault line',
      '1800 372 999',
      'ESB Networks, public emergency number',
    ),
    fact('emergency', 'emergency.stopcock', 'Stopcock inside the home', sentence(estate.water.stopcock)),
    fact(
      'emergency',
      'emergency.boundary_valve',
      'Stop valve outside, at the boundary',
      sentence(estate.water.boundaryValve),
    ),
    fact('emergency', 'emergency.fuse_board', 'Fuse board', sentence(estate.fuseBoard)),
    fact(
      'contacts',
      'contacts.office',
      `${estate.tenant.name} customer care`,
      `${office.phone}, ${office.email} (${office.hours})`,
    ),
    fact(
      'management_company',
      'management_company.name',
      'Management company',
      estate.managementCompany.name,
    ),
    fact(
      'management_company',
      'management_company.email',
      'Management company, e-mail',
      estate.managementCompany.email,
    ),
    fact('bins', 'bins.collection', 'Bin collection', binCollection(estate)),
    fact('bins', 'bins.storage', 'Bin storage', sentence(waste.storage)),
    fact('utilities', 'utilities.broadband', 'Broadband', estate.broadband),
  ]
}

export function binCollection({ waste }: EstateProfile): string {
  return `${waste.day}s: ${waste.food} food bin every week; ${waste.general} general-waste bin and ${waste.recycling} recycling bin in alternate weeks`
}

export function houseTypeFacts(estate: EstateProfile, type: HouseTypeProfile): DemoFact[] {
  const source = `House type ${type.code} specification`
  const fact = (topic: DemoTopic, key: string, label: string, value: string) =>
    plainFact(type.code, topic, key, label, value, source)
  const variant = typicalVariant(type)
  const rooms = type.hasTypicalSize ? roomsOf(variant, areaOf(variant)) : []
  return [
    ...rooms.map((room) => roomFact(type.code, room, `${estate.drawingPrefix}-${type.code} floor plan`)),
    fact('heating', 'heating.system', 'Heating', heatingSentence(type)),
    fact(
      'hot_water',
      'hot_water.cylinder',
      'Hot water cylinder',
      `${estate.cylinder.maker}, ${type.cylinderLitres} litres`,
    ),
    fact(
      'ventilation',
      'ventilation.unit',
      'Ventilation',
      `${type.ventilation}, mechanical ventilation with heat recovery`,
    ),
    fact('solar', 'solar.panels', 'Solar panels', countOf(type.solarPanels, 'photovoltaic panel')),
    ...(type.parking ? [fact('parking', 'parking.spaces', 'Parking', type.parking)] : []),
  ]
}

function heatingSentence(type: HouseTypeProfile): string {
  const { kind, model, outputKw } = type.heating
  return kind === 'heat_pump'
    ? `Air-to-water heat pump, ${model}, ${outputKw}; there is no boiler`
    : `Condensing gas boiler, ${model}, ${outputKw}; there is no heat pump`
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

type Plot = { type: HouseTypeProfile; variant: HouseVariant; areaM2: number }

const berRatings = ['A2', 'A2', 'A1', 'A3'] as const

/** Homes that are not of the typical size carry their own rooms; a few typical ones were measured as built. */
export function unitFacts(estate: EstateProfile, plot: Plot, number: string, index: number): DemoFact[] {
  const isTypical = plot.variant === typicalVariant(plot.type) && plot.type.hasTypicalSize
  const isMeasured = isTypical ? index % 7 === 3 : plot.type.hasTypicalSize || index % 2 === 0
  const rooms = isMeasured
    ? roomsOf(plot.variant, plot.areaM2).map((room) => asBuilt(room, isTypical ? 0.03 : 0))
    : []
  return [
    ...rooms.map((room) => roomFact(null, room, `As-built survey of number ${number}`)),
    ...berFacts(estate, number, index),
    ...(plot.type.code.startsWith('BZ') && index % 3 === 1
      ? [
          plainFact(
            null,
            'parking',
            'parking.spaces',
            'Parking',
            `One space, marked P${number}`,
            'Parking schedule',
          ),
        ]
      : []),
  ]
}

function berFacts({ certificates }: EstateProfile, number: string, index: number): DemoFact[] {
  if (number === certificates.berUnit) {
    const value = `${certificates.berRating} (${certificates.berValue})`
    return [plainFact(null, 'ber', 'ber.rating', 'BER', value, `BER certificate ${certificates.berNumber}`)]
  }
  // The commissioning home and every third home have no BER on record, so that "not recorded" is seen.
  if (number === certificates.commissioningUnit || index % 3 === 2) return []
  const rating = berRatings[index % berRatings.length] ?? 'A2'
  return [plainFact(null, 'ber', 'ber.rating', 'BER', rating, `BER register, entry ${900_001_000 + index}`)]
}

function asBuilt(room: Room, differenceM: number): Room {
  const lengthM = Math.round((room.lengthM - differenceM) * 100) / 100
  const widthM = Math.round((room.widthM + differenceM) * 100) / 100
  return { ...room, lengthM, widthM, areaM2: Math.round(lengthM * widthM * 10) / 10 }
}

function roomFact(houseTypeCode: string | null, room: Room, source: string): DemoFact {
  const { lengthM, widthM, areaM2 } = room
  return {
    houseTypeCode,
    topic: 'rooms',
    key: `room.${room.key}`,
    label: room.label,
    value: describeRoom(room),
    lengthM,
    widthM,
    areaM2,
    source,
    recordedOn,
  }
}

function plainFact(
  houseTypeCode: string | null,
  topic: DemoTopic,
  key: string,
  label: string,
  value: string,
  source: string,
): DemoFact {
  return {
    houseTypeCode,
    topic,
    key,
    label,
    value,
    lengthM: null,
    widthM: null,
    areaM2: null,
    source,
    recordedOn,
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
