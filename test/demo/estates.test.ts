// The demonstration's homes, people and records are what the product's tests and pages rely on.
import { describe, expect, test } from 'bun:test'
import { demoTenants } from '#src/demo/estates.ts'
import type { DemoDevelopment, DemoFact } from '#src/demo/model.ts'

const eircode = /^(?:D6W|[AC-FHKNPRTV-Y][0-9]{2})[0-9AC-FHKNPRTV-Y]{4}$/
const tenants = demoTenants()
const developments = tenants.flatMap((tenant) => tenant.developments)

function development(slug: string): DemoDevelopment {
  const found = developments.find((candidate) => candidate.slug === slug)
  if (!found) throw new Error(`No development ${slug}`)
  return found
}

function homesPerType({ units }: DemoDevelopment): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { houseTypeCode } of units) counts[houseTypeCode] = (counts[houseTypeCode] ?? 0) + 1
  return counts
}

function allFacts({ facts, units }: DemoDevelopment): DemoFact[] {
  return [...facts, ...units.flatMap((unit) => unit.facts)]
}

describe('the homes', () => {
  test('Longview Park has 75 homes in the type mix of the pilot', () => {
    expect(development('longview-park').units).toHaveLength(75)
    expect(homesPerType(development('longview-park'))).toEqual({
      BS01: 38,
      BS02: 6,
      BS03: 4,
      BS04: 2,
      BD01: 2,
      BD02: 1,
      BD17: 1,
      BD03: 2,
      BD04: 3,
      BD05: 3,
      BT01: 4,
      BZ01: 9,
    })
  })

  test('five Longview types cover homes of different size', () => {
    const sizes = new Map<string, Set<number>>()
    for (const unit of development('longview-park').units) {
      if (unit.floorAreaM2 === null) continue
      sizes.set(unit.houseTypeCode, (sizes.get(unit.houseTypeCode) ?? new Set()).add(unit.floorAreaM2))
    }
    const mixed = [...sizes].filter(([, areas]) => areas.size > 1).map(([code]) => code)
    expect(mixed.sort()).toEqual(['BS02', 'BS03', 'BS04', 'BT01', 'BZ01'])
  })

  test('the other estates are smaller and use the same codes', () => {
    expect(development('rathard-park').units).toHaveLength(20)
    expect(development('harbour-view').units).toHaveLength(40)
    const longview = new Set(development('longview-park').houseTypes.map(({ code }) => code))
    for (const { code } of development('harbour-view').houseTypes) expect(longview.has(code)).toBe(true)
  })

  test('numbers, Eircodes and pins are never shared, and Eircodes are well formed', () => {
    const eircodes = developments.flatMap(({ units }) => units.flatMap((unit) => unit.eircode ?? []))
    expect(new Set(eircodes).size).toBe(eircodes.length)
    for (const code of eircodes) expect(code).toMatch(eircode)
    for (const { units } of developments) {
      expect(new Set(units.map((unit) => unit.number)).size).toBe(units.length)
      const pins = units.flatMap((unit) =>
        unit.latitude === null ? [] : `${unit.latitude},${unit.longitude}`,
      )
      expect(new Set(pins).size).toBe(pins.length)
      expect(pins.length).toBeLessThan(units.length)
    }
  })

  test('every pin lies within 600 metres of the entrance', () => {
    for (const { units, latitude, longitude } of developments) {
      for (const unit of units) {
        if (unit.latitude === null || unit.longitude === null) continue
        expect(Math.abs(unit.latitude - latitude)).toBeLessThan(0.0054)
        expect(Math.abs(unit.longitude - longitude)).toBeLessThan(0.0087)
      }
    }
  })
})

describe('the people', () => {
  test('a home has up to four purchasers, and an unsold one has none and no handover date', () => {
    const units = developments.flatMap((candidate) => candidate.units)
    expect(new Set(units.map((unit) => unit.purchasers.length))).toEqual(new Set([0, 1, 2, 3, 4]))
    for (const unit of units) expect(unit.handedOverOn === null).toBe(unit.purchasers.length === 0)
  })

  test('names include fadas, apostrophes, titles and one longer than 60 characters', () => {
    const names = developments.flatMap(({ units }) =>
      units.flatMap(({ purchasers }) => purchasers.map((p) => p.fullName)),
    )
    expect(names.some((name) => name.length > 60)).toBe(true)
    for (const pattern of [/[áéíóú]/, /’/, /'/, /^Dr /, /^Rev\. /])
      expect(names.some((name) => pattern.test(name))).toBe(true)
    for (const { units } of developments) {
      for (const { purchasers } of units)
        expect(new Set(purchasers.map((p) => p.fullName)).size).toBe(purchasers.length)
    }
  })

  test('staff see developments of their own tenant only', () => {
    for (const tenant of tenants) {
      const own = tenant.developments.map(({ slug }) => slug)
      for (const { developments: granted } of tenant.staff)
        for (const slug of granted) expect(own).toContain(slug)
      expect(tenant.staff.map(({ role }) => role)).toContain('admin')
    }
  })
})

describe('the records', () => {
  test('rooms are recorded with a length, a width and the area that follows from them', () => {
    const rooms = developments.flatMap(allFacts).filter(({ topic }) => topic === 'rooms')
    expect(rooms.length).toBeGreaterThan(200)
    for (const { lengthM, widthM, areaM2, key } of rooms) {
      expect(key).toStartWith('room.')
      expect(lengthM).toBeGreaterThan(0.7)
      expect(Math.abs((lengthM ?? 0) * (widthM ?? 0) - (areaM2 ?? 0))).toBeLessThan(0.06)
    }
  })

  test('a home of another size than the typical one has rooms of its own, or none', () => {
    const { units, houseTypes } = development('longview-park')
    for (const unit of units) {
      const typical = houseTypes.find(({ code }) => code === unit.houseTypeCode)
      if (typical?.typicalBedrooms === null || typical?.typicalBedrooms === unit.bedrooms) continue
      expect(unit.facts.some(({ topic }) => topic === 'rooms')).toBe(true)
    }
  })

  test('some homes have no BER, some no Eircode, and some house types no parking', () => {
    for (const { units, houseTypes, facts } of developments) {
      expect(units.some((unit) => unit.facts.every(({ topic }) => topic !== 'ber'))).toBe(true)
      expect(units.some((unit) => unit.eircode === null)).toBe(true)
      const withParking = new Set(
        facts.filter(({ topic }) => topic === 'parking').map((fact) => fact.houseTypeCode),
      )
      expect(withParking.size).toBeLessThan(houseTypes.length)
    }
  })

  test('the same question is never recorded twice for one home or type', () => {
    for (const { facts, units } of developments) {
      for (const own of [facts, ...units.map((unit) => unit.facts)]) {
        const keys = own.map((fact) => `${fact.houseTypeCode} ${fact.key}`)
        expect(new Set(keys).size).toBe(keys.length)
      }
    }
  })

  test('every estate has its own emergency line and the public numbers of the networks', () => {
    const lines = developments.map(({ facts }) => facts.find(({ key }) => key === 'emergency.contact')?.value)
    expect(new Set(lines).size).toBe(3)
    for (const line of lines) expect(line).toMatch(/^021 555 01\d\d$/)
    for (const { facts } of developments) {
      expect(facts.find(({ key }) => key === 'emergency.gas')?.value).toBe('1800 20 50 50')
      expect(facts.find(({ key }) => key === 'emergency.electricity')?.value).toBe('1800 372 999')
    }
  })

  test('what is true of one tenant is not true of the other', () => {
    const valuesOf = (slug: string) =>
      new Map(development(slug).facts.map((fact) => [`${fact.houseTypeCode} ${fact.key}`, fact.value]))
    const harbour = valuesOf('harbour-view')
    const shared = /^null emergency\.(services|gas|electricity)$/
    const same = [...valuesOf('longview-park')].filter(
      ([key, value]) => harbour.get(key) === value && !shared.test(key),
    )
    expect(same).toEqual([])
  })

  test('places known by name only are not on the map', () => {
    const places = development('longview-park').places
    expect(places.find(({ name }) => name.startsWith('Scoil Oilibhéir'))).toMatchObject({
      latitude: 51.92158,
      longitude: -8.45968,
    })
    const unplaced = places.filter(({ latitude }) => latitude === null).map(({ name }) => name)
    expect(unplaced).toEqual(['Ballyvolane Shopping Centre', 'St Aidan’s Community College', 'Bus 207'])
  })

  test('two calls invent the same estates', () => {
    expect(JSON.stringify(demoTenants())).toBe(JSON.stringify(tenants))
  })
})
