// What would change at Cloudflare: our values beside those it has, field by field. Reads only.

export type Change = { path: string; has: unknown; wants: unknown }

/** Fields of which we say nothing (ids, dates, versions) are Cloudflare's own and no difference. */
export function differences(wants: unknown, has: unknown, path = ''): Change[] {
  if (Array.isArray(wants)) {
    const there = Array.isArray(has) ? has : []
    const longest = Math.max(wants.length, there.length)
    return Array.from({ length: longest }, (_, i) => i).flatMap((i) =>
      i >= wants.length
        ? [{ path: `${path}[${i}]`, has: there[i], wants: undefined }]
        : differences(wants[i], there[i], `${path}[${i}]`),
    )
  }
  if (isObject(wants) && isObject(has))
    return Object.entries(wants).flatMap(([name, value]) =>
      differences(value, has[name], path ? `${path}.${name}` : name),
    )
  return JSON.stringify(wants) === JSON.stringify(has) ? [] : [{ path, has, wants }]
}

export const changeLine = ({ path, has, wants }: Change): string =>
  has === undefined
    ? `+ ${path}: ${shown(wants)}`
    : wants === undefined
      ? `- ${path}: ${shown(has)}`
      : `~ ${path}: ${shown(has)} → ${shown(wants)}`

const shown = (value: unknown): string => {
  if (isObject(value) && typeof value.description === 'string') return value.description
  return JSON.stringify(value)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
