// The plans and kinds of parking that several house types of Longview Park share.
import type { HouseVariant } from '#src/demo/profile.ts'

export const threeBedrooms = {
  label: 'Three bedrooms',
  bedrooms: 3,
  bathrooms: 3,
  layout: 'three_bed',
} as const
export const wideThree = {
  label: 'Three bedrooms',
  bedrooms: 3,
  bathrooms: 3,
  layout: 'wide_three_bed',
} as const
export const fourBedrooms = { label: 'Four bedrooms', bedrooms: 4, bathrooms: 3, layout: 'four_bed' } as const

export const driveway = 'Two spaces, side by side on the driveway'
export const inLine = 'Two spaces, one behind the other on the driveway'

export function built(
  plan: Pick<HouseVariant, 'label' | 'bedrooms' | 'bathrooms' | 'layout'>,
  widthM: number,
  isMirrored: boolean,
  sizesM2: number[],
): HouseVariant {
  return { ...plan, widthM, isMirrored, sizesM2 }
}
