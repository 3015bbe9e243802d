// Addresses put together from their parts.
type Query = Record<string, string | number | undefined>

/** Appends the parameters that have a value; their order is the caller's, so equal links are equal strings. */
export function withQuery(path: string, query: Query): string {
  let text = ''
  for (const name in query) {
    const value = query[name]
    if (value !== undefined && value !== '') text += `${text ? '&' : '?'}${name}=${parameter(String(value))}`
  }
  return path + text
}

const PLAIN = /^[\w.*-]*$/

/** As a form would send it. Most are ids and words that need nothing done. */
const parameter = (value: string) =>
  PLAIN.test(value) ? value : new URLSearchParams({ '': value }).toString().slice(1)

export const segment = encodeURIComponent
