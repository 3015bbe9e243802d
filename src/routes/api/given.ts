// What a body names, under the names that the rules know it by; what it does not name stays as it is.

/** `{ address_line: 'x' }` with `{ address_line: 'addressLine' }` is `{ addressLine: 'x' }`. */
export function given<S extends object, N extends Partial<Record<keyof S, string>>>(
  sent: S,
  names: N,
): {
  [K in keyof S as K extends keyof N ? (N[K] extends string ? N[K] : never) : never]?: Exclude<
    S[K],
    undefined
  >
} {
  const entries = Object.entries(sent).filter(([name, value]) => value !== undefined && name in names)
  return Object.fromEntries(entries.map(([name, value]) => [names[name as keyof N], value])) as never
}
