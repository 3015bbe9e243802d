// The distance between two positions on the earth.

const EARTH_RADIUS_M = 6_371_000

/** Great-circle distance in metres (haversine formula, mean earth radius). */
export function haversineM(
  latitudeA: number,
  longitudeA: number,
  latitudeB: number,
  longitudeB: number,
): number {
  const radians = Math.PI / 180
  const dLatitude = (latitudeB - latitudeA) * radians
  const dLongitude = (longitudeB - longitudeA) * radians
  const a =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(latitudeA * radians) * Math.cos(latitudeB * radians) * Math.sin(dLongitude / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a)))
}
