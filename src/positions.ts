// Positions as people type or drag them: two decimal numbers in Ireland, near the development they belong to.
import { haversineM } from './distance.ts'
import { failure } from './failure.ts'

export type Position = { latitude: number; longitude: number }

const TYPED = /^-?\d{1,3}(?:[.,]\d{1,10})?$/
/** The island, roughly. */
const IRELAND = { south: 51.3, north: 55.5, west: -10.8, east: -5.3 }
/** Six places after the point are ten centimetres. */
const PRECISION = 1_000_000

/**
 * Null when both fields are empty. A comma stands for the point, as some keyboards have it.
 * @throws Failure `invalid` naming the field that is wrong
 */
export function readPosition(typed: { latitude: string; longitude: string }): Position | null {
  const [latitude, longitude] = [typed.latitude.trim(), typed.longitude.trim()]
  if (latitude === '' && longitude === '') return null
  return {
    latitude: degrees(latitude, 'latitude', IRELAND.south, IRELAND.north, 51.9265),
    longitude: degrees(longitude, 'longitude', IRELAND.west, IRELAND.east, -8.4532),
  }
}

function degrees(
  text: string,
  path: 'latitude' | 'longitude',
  least: number,
  most: number,
  example: number,
): number {
  const value = TYPED.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  if (Number.isNaN(value)) throw invalid(path, `Type the ${path} as a number such as ${example}.`)
  if (value < least || value > most)
    throw invalid(path, `In Ireland the ${path} is between ${least} and ${most}.`)
  return Math.round(value * PRECISION) / PRECISION
}

/** @throws Failure `invalid` for a position farther away than that from where it should be */
export function refuseFarAway(
  position: Position,
  from: { latitude: number | null; longitude: number | null },
  metresMax: number,
): void {
  if (from.latitude === null || from.longitude === null) return
  const distanceM = haversineM(position.latitude, position.longitude, from.latitude, from.longitude)
  if (distanceM > metresMax)
    throw invalid(
      'latitude',
      `This is ${Math.round(distanceM / 1_000)} km from the development; at most ${metresMax / 1_000} km is believed.`,
    )
}

const invalid = (path: string, message: string) => failure('invalid', { fields: [{ path, message }] })
