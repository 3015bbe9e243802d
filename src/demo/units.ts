// The homes of an estate: which type stands on which plot, where it is, who bought it and what is recorded of it.
import { type Dice, seededDice } from '#src/demo/dice.ts'
import { unitFacts } from '#src/demo/facts.ts'
import type { DemoUnit } from '#src/demo/model.ts'
import { inventHousehold, longestName } from '#src/demo/people.ts'
import type { EstateProfile, HouseTypeProfile, HouseVariant } from '#src/demo/profile.ts'

type Plot = { type: HouseTypeProfile; variant: HouseVariant; areaM2: number }

const plotsPerRow = 15
const rowSpacingDegrees = 0.00036
const plotSpacingDegrees = 0.00021

export function inventUnits(estate: EstateProfile): DemoUnit[] {
  const dice = seededDice(estate.seed)
  const eircodes = inventEircodes(estate, dice)
  return plotsInOrder(estate, dice).map((plot, index) => inventUnit(estate, dice, plot, index, eircodes))
}

/** Semi-detached homes stand in pairs and terraces in rows; duplexes close the estate. */
function plotsInOrder(estate: EstateProfile, dice: Dice): Plot[] {
  const houses: Plot[][] = []
  const blocks: Plot[] = []
  for (const type of estate.houseTypes) {
    const plots = type.variants.flatMap((variant) =>
      variant.sizesM2.map((areaM2) => ({ type, variant, areaM2 })),
    )
    if (type.code.startsWith('BZ')) blocks.push(...plots)
    else houses.push(...inGroups(plots, type.code.startsWith('BS') ? 2 : type.code.startsWith('BT') ? 4 : 1))
  }
  const [first, ...others] = houses
  return [...(first ?? []), ...dice.shuffle(others).flat(), ...blocks]
}

function inGroups(plots: Plot[], size: number): Plot[][] {
  const groups: Plot[][] = []
  for (let start = 0; start < plots.length; start += size) groups.push(plots.slice(start, start + size))
  return groups
}

function inventUnit(
  estate: EstateProfile,
  dice: Dice,
  plot: Plot,
  index: number,
  eircodes: string[],
): DemoUnit {
  const number = String(index + 1)
  const isSold = index % 13 !== 11
  const hasPin = index % 19 !== 17
  const household = inventHousehold(dice)
  if (index === 4) household.unshift({ fullName: longestName })
  return {
    number,
    addressLine: `${number} ${estate.name}, ${estate.addressLine}`,
    eircode: index % 11 === 9 ? null : (eircodes[index] ?? null),
    houseTypeCode: plot.type.code,
    bedrooms: plot.variant.bedrooms,
    bathrooms: index % 17 === 15 ? null : plot.variant.bathrooms,
    floorAreaM2: index % 23 === 21 ? null : plot.areaM2,
    latitude: hasPin
      ? degrees(estate.latitude + 0.0004 + Math.floor(index / plotsPerRow) * rowSpacingDegrees)
      : null,
    longitude: hasPin ? degrees(estate.longitude + ((index % plotsPerRow) - 7) * plotSpacingDegrees) : null,
    handedOverOn: isSold ? handoverDate(estate, index) : null,
    purchasers: isSold ? household.slice(0, 4) : [],
    facts: unitFacts(estate, plot, number, index),
  }
}

/** Three homes a fortnight, in the order of their numbers. */
function handoverDate(estate: EstateProfile, index: number): string {
  const firstHandover = Date.UTC(estate.handoverYear, 2, 3)
  return new Date(firstHandover + Math.floor(index / 3) * 14 * 86_400_000).toISOString().slice(0, 10)
}

function inventEircodes(estate: EstateProfile, dice: Dice): string[] {
  const characters = [...'0123456789ACDEFHKNPRTVWXY']
  const count = estate.houseTypes
    .flatMap((type) => type.variants)
    .reduce((sum, { sizesM2 }) => sum + sizesM2.length, 0)
  const invented = new Set<string>()
  while (invented.size < count) {
    invented.add(estate.eircodeKey + [0, 1, 2, 3].map(() => dice.pick(characters)).join(''))
  }
  return [...invented]
}

function degrees(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
