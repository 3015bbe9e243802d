// Contrast of colours as WCAG 2.2 defines it, and the shades of one accent that the pages need.

/** Near-black text on the accent, and its icons on the near-black sidebar (WCAG 1.4.3). */
export const ON_INK_MIN = 4.5
/** Borders and icons in the accent on white (WCAG 1.4.11). */
export const ON_WHITE_MIN = 3
const TEXT_MIN = 4.5
/** For small text that must also be read at a glance. */
const TEXT_STRONG_MIN = 7

type Colour = readonly [red: number, green: number, blue: number]

const WHITE: Colour = [255, 255, 255]
const INK: Colour = [12, 12, 12]
/** The lightest of the dark surfaces that text in the accent stands on. */
const DARK: Colour = [0x26, 0x24, 0x1e]
const STEPS = 100

/** From `#rrggbb`. */
const colourOf = (hex: string): Colour =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour

const hexOf = (colour: Colour): string =>
  `#${colour.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminanceOf(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function ratioOf(a: Colour, b: Colour): number {
  const [light, dark] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

export const contrastOnWhite = (hex: string): number => ratioOf(colourOf(hex), WHITE)
export const contrastOnInk = (hex: string): number => ratioOf(colourOf(hex), INK)

export const isLegible = (hex: string): boolean =>
  contrastOnWhite(hex) >= ON_WHITE_MIN && contrastOnInk(hex) >= ON_INK_MIN

/** The nearest shade of the colour that is legible: darker when it is too light, lighter when it is too dark. */
export function nearestLegible(hex: string): string {
  const from = colourOf(hex)
  const towards = contrastOnWhite(hex) < ON_WHITE_MIN ? INK : WHITE
  return firstShade(from, towards, (colour) => isLegible(hexOf(colour)))
}

export type AccentShades = {
  gold: string
  hover: string
  onDark: string
  text: string
  deep: string
  wash: string
}

/** The accent in the roles that the gold of OpenHouse has: as fill, as text on white and on a tint of itself. */
export function shadesOf(hex: string): AccentShades {
  const accent = colourOf(hex)
  const wash = mixed(accent, WHITE, 0.92)
  const readable = (ratio: number) =>
    firstShade(accent, INK, (colour) => ratioOf(colourOf(hexOf(colour)), wash) >= ratio)
  return {
    gold: hex,
    hover: hexOf(mixed(accent, WHITE, 0.12)),
    onDark: firstShade(accent, WHITE, (colour) => ratioOf(colourOf(hexOf(colour)), DARK) >= TEXT_MIN),
    text: readable(TEXT_MIN),
    deep: readable(TEXT_STRONG_MIN),
    wash: hexOf(wash),
  }
}

const mixed = (a: Colour, b: Colour, share: number): Colour =>
  a.map((value, i) => value + ((b[i] as number) - value) * share) as unknown as Colour

function firstShade(from: Colour, towards: Colour, isFound: (colour: Colour) => boolean): string {
  for (let step = 0; step <= STEPS; step++) {
    const colour = mixed(from, towards, step / STEPS)
    if (isFound(colour)) return hexOf(colour)
  }
  return hexOf(towards)
}
