// The style sheet holds no rule that nothing uses.
import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { Glob } from 'bun'

const ROOT = join(import.meta.dir, '../..')

async function textOf(pattern: string) {
  let text = ''
  for await (const path of new Glob(pattern).scan(ROOT)) text += await Bun.file(join(ROOT, path)).text()
  return text
}

const styles = (await textOf('public/styles/*.css')).replace(/\/\*[\s\S]*?\*\//g, '')
const users = (await textOf('views/**/*.{ts,tsx}')) + (await textOf('public/**/*.ts'))

test('every class of the style sheet is used by a view or a script', () => {
  const classes = new Set([...styles.matchAll(/\.([a-z][a-z0-9-]*)/g)].map((match) => match[1]!))
  expect(classes.size).toBeGreaterThan(100)
  const unused = [...classes].filter((name) => {
    // Tones are composed: `badge-${tone}` uses `badge-gold`.
    const composed = users.includes(`${name.slice(0, name.lastIndexOf('-') + 1)}\${`)
    return !composed && !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(users)
  })
  expect(unused).toEqual([])
})

test('every custom property is defined and used', () => {
  const defined = new Set([...styles.matchAll(/(--[a-z0-9-]+):/g)].map((match) => match[1]!))
  const used = new Set([...styles.matchAll(/var\((--[a-z0-9-]+)/g)].map((match) => match[1]!))
  expect([...defined].filter((name) => !used.has(name))).toEqual([])
  expect([...used].filter((name) => !defined.has(name))).toEqual([])
})
