// Room layouts as shares of the building's outline, so that plans, schedules and recorded facts agree to the centimetre.
import type { HouseVariant } from '#src/demo/profile.ts'

export type RoomLayout = 'three_bed' | 'wide_three_bed' | 'four_bed' | 'two_bed' | 'apartment'

export type Room = {
  key: string
  label: string
  floor: string
  /** Outline in metres from the front left corner, walls included. */
  xM: number
  yM: number
  outerWidthM: number
  outerDepthM: number
  /** Clear dimensions, the longer one first. */
  lengthM: number
  widthM: number
  areaM2: number
}

type Share = [key: string, label: string, x: number, y: number, width: number, depth: number]

/** Half a partition on each side of a room. */
const partitionM = 0.12

const narrowGround: Share[] = [
  ['hall', 'Hall', 0, 0, 0.32, 0.5],
  ['living', 'Living room', 0.32, 0, 0.68, 0.5],
  ['wc', 'WC', 0, 0.5, 0.32, 0.18],
  ['utility', 'Utility', 0, 0.68, 0.32, 0.32],
  ['kitchen', 'Kitchen / dining', 0.32, 0.5, 0.68, 0.5],
]

const narrowFirst: Share[] = [
  ['bedroom_3', 'Bedroom 3', 0, 0, 0.42, 0.38],
  ['landing', 'Landing', 0, 0.38, 0.42, 0.28],
  ['bathroom', 'Bathroom', 0, 0.66, 0.42, 0.34],
  ['bedroom_1', 'Bedroom 1', 0.42, 0, 0.58, 0.46],
  ['ensuite', 'En suite', 0.42, 0.46, 0.33, 0.2],
  ['hot_press', 'Hot press', 0.75, 0.46, 0.25, 0.2],
  ['bedroom_2', 'Bedroom 2', 0.42, 0.66, 0.58, 0.34],
]

const wideGround: Share[] = [
  ['living', 'Living room', 0, 0, 0.42, 1],
  ['hall', 'Hall', 0.42, 0, 0.2, 0.55],
  ['wc', 'WC', 0.42, 0.55, 0.2, 0.18],
  ['utility', 'Utility', 0.42, 0.73, 0.2, 0.27],
  ['kitchen', 'Kitchen / dining', 0.62, 0, 0.38, 1],
]

const wideFirst: Share[] = [
  ['bedroom_1', 'Bedroom 1', 0, 0, 0.42, 0.64],
  ['ensuite', 'En suite', 0, 0.64, 0.24, 0.36],
  ['hot_press', 'Hot press', 0.24, 0.64, 0.18, 0.36],
  ['landing', 'Landing', 0.42, 0, 0.2, 0.65],
  ['bathroom', 'Bathroom', 0.42, 0.65, 0.2, 0.35],
  ['bedroom_3', 'Bedroom 3', 0.62, 0, 0.38, 0.48],
  ['bedroom_2', 'Bedroom 2', 0.62, 0.48, 0.38, 0.52],
]

const largeGround: Share[] = [
  ['living', 'Living room', 0, 0, 0.4, 0.55],
  ['hall', 'Hall', 0.4, 0, 0.22, 0.55],
  ['study', 'Study', 0.62, 0, 0.38, 0.31],
  ['wc', 'WC', 0.62, 0.31, 0.17, 0.24],
  ['utility', 'Utility', 0.79, 0.31, 0.21, 0.24],
  ['kitchen', 'Kitchen / dining', 0, 0.55, 0.62, 0.45],
  ['family', 'Family room', 0.62, 0.55, 0.38, 0.45],
]

const largeFirst: Share[] = [
  ['bedroom_1', 'Bedroom 1', 0, 0, 0.4, 0.45],
  ['ensuite', 'En suite', 0, 0.45, 0.22, 0.2],
  ['hot_press', 'Hot press', 0.22, 0.45, 0.18, 0.2],
  ['bedroom_2', 'Bedroom 2', 0, 0.65, 0.4, 0.35],
  ['landing', 'Landing', 0.4, 0, 0.22, 0.65],
  ['bathroom', 'Bathroom', 0.4, 0.65, 0.22, 0.35],
  ['bedroom_3', 'Bedroom 3', 0.62, 0, 0.38, 0.52],
  ['bedroom_4', 'Bedroom 4', 0.62, 0.52, 0.38, 0.48],
]

const twoBedFirst: Share[] = [
  ['bedroom_1', 'Bedroom 1', 0, 0, 1, 0.38],
  ['landing', 'Landing', 0, 0.38, 0.45, 0.24],
  ['bathroom', 'Bathroom', 0.45, 0.38, 0.55, 0.24],
  ['bedroom_2', 'Bedroom 2', 0, 0.62, 0.7, 0.38],
  ['hot_press', 'Hot press', 0.7, 0.62, 0.3, 0.38],
]

const oneLevel: Share[] = [
  ['living', 'Living / kitchen', 0, 0, 0.42, 1],
  ['hall', 'Hall', 0.42, 0, 0.16, 0.42],
  ['utility', 'Utility', 0.42, 0.42, 0.16, 0.2],
  ['bathroom', 'Bathroom', 0.42, 0.62, 0.16, 0.38],
  ['bedroom_1', 'Bedroom 1', 0.58, 0, 0.42, 0.52],
  ['bedroom_2', 'Bedroom 2', 0.58, 0.52, 0.42, 0.48],
]

const floorsOf: Record<RoomLayout, [floor: string, shares: Share[]][]> = {
  three_bed: [
    ['Ground floor', narrowGround],
    ['First floor', narrowFirst],
  ],
  wide_three_bed: [
    ['Ground floor', wideGround],
    ['First floor', wideFirst],
  ],
  four_bed: [
    ['Ground floor', largeGround],
    ['First floor', largeFirst],
  ],
  two_bed: [
    ['Ground floor', narrowGround],
    ['First floor', twoBedFirst],
  ],
  apartment: [['Single level', oneLevel]],
}

/** Outline of one floor of a home of this size, in metres. */
export function outlineOf(variant: HouseVariant, floorAreaM2: number): { widthM: number; depthM: number } {
  return { widthM: variant.widthM, depthM: floorAreaM2 / floorsOf[variant.layout].length / variant.widthM }
}

export function roomsOf(variant: HouseVariant, floorAreaM2: number): Room[] {
  const outline = outlineOf(variant, floorAreaM2)
  return floorsOf[variant.layout].flatMap(([floor, shares]) =>
    shares.map(([key, label, x, y, width, depth]) => {
      const outerWidthM = width * outline.widthM
      const outerDepthM = depth * outline.depthM
      const across = hundredths(outerWidthM - partitionM)
      const deep = hundredths(outerDepthM - partitionM)
      return {
        key,
        label,
        floor,
        xM: (variant.isMirrored ? 1 - x - width : x) * outline.widthM,
        yM: y * outline.depthM,
        outerWidthM,
        outerDepthM,
        lengthM: Math.max(across, deep),
        widthM: Math.min(across, deep),
        areaM2: Math.round(across * deep * 10) / 10,
      }
    }),
  )
}

/** "4.62 m × 3.95 m (18.2 m²)" */
export function describeRoom(room: { lengthM: number; widthM: number; areaM2: number }): string {
  return `${room.lengthM.toFixed(2)} m × ${room.widthM.toFixed(2)} m (${room.areaM2.toFixed(1)} m²)`
}

function hundredths(metres: number): number {
  return Math.round(metres * 100) / 100
}
