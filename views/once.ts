// What is made of a value that never changes is made once, and goes when the value goes.
import type { Html } from '#views/jsx-runtime.ts'

/**
 * A function that remembers what it made of each object. Only for values that are kept and shared, such as the rows of
 * a kept read: for others it is made anew each time, as without.
 */
export function onceFor<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const made = new WeakMap<K, { value: V }>()
  return (of) => {
    const known = made.get(of)
    if (known) return known.value
    const value = make(of)
    made.set(of, { value })
    return value
  }
}

/**
 * The same for what is made of one such object and of other things beside it: made anew when one of those is another.
 * Only the last is remembered, so that an object never keeps more than one.
 */
export function onceWhileSame<K extends object, V>(): (
  of: K,
  beside: readonly unknown[],
  make: () => V,
) => V {
  const made = new WeakMap<K, { beside: readonly unknown[]; value: V }>()
  return (of, beside, make) => {
    const known = made.get(of)
    if (known && isSame(known.beside, beside)) return known.value
    const value = make()
    made.set(of, { beside, value })
    return value
  }
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i])

/** Markup that many pages will hold: put together here, and not again each time that one of them is sent. */
export function joined(html: Html): Html {
  // Reading a character makes the engine join the pieces that the text was built from.
  html.markup.charCodeAt(0)
  return html
}
