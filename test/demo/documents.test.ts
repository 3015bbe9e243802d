// Every demonstration document is a real PDF with its canary and its true answers on the pages that claim them.
import { beforeAll, describe, expect, test } from 'bun:test'
import { extractText, getDocumentProxy } from 'unpdf'
import { z } from 'zod'
import { demoTenants } from '#src/demo/estates.ts'
import type { DemoDocument } from '#src/demo/model.ts'
import { type DemoTruth, demoTruths } from '#src/demo/truths.ts'

const gapTopics = [
  /playground/i,
  /\bsnag/i,
  /meter box/i,
  /kitchen doors?\b/i,
  /suppliers?\b/i,
  /(doors?|kitchen)[^.]{0,40}supplied by/i,
]

type Printed = { slug: string; document: DemoDocument; bytes: Uint8Array; pages: string[] }

const developments = demoTenants().flatMap((tenant) => tenant.developments)
const truths = demoTruths()
const printed: Printed[] = []

beforeAll(async () => {
  const built: Omit<Printed, 'pages'>[] = []
  for (const { slug, documents } of developments) {
    for (const document of documents) built.push({ slug, document, bytes: await document.build() })
  }
  for (const file of built) printed.push({ ...file, pages: await pageTexts(file.bytes) })
}, 60_000)

async function pageTexts(bytes: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(bytes.slice()))
  return text.map((page) => page.replaceAll(/\s+/g, ' '))
}

function sha256(bytes: Uint8Array): string {
  return new Bun.CryptoHasher('sha256').update(bytes).digest('hex')
}

/** A constant read from the clock at import would be the same twice in one process. */
async function hashesOfAnotherProcess(): Promise<string[]> {
  const script = `
    import { demoTenants } from '#src/demo/estates.ts'
    const hashes = []
    for (const { documents } of demoTenants().flatMap((tenant) => tenant.developments)) {
      for (const { build } of documents) hashes.push(new Bun.CryptoHasher('sha256').update(await build()).digest('hex'))
    }
    process.stdout.write(JSON.stringify(hashes))`
  const child = Bun.spawn([process.execPath, '-e', script], {
    cwd: `${import.meta.dir}/../..`,
    env: { ...process.env, TZ: 'Pacific/Auckland' },
  })
  return z.array(z.string()).parse(JSON.parse(await new Response(child.stdout).text()))
}

function printedFor(truth: DemoTruth): Printed {
  const found = printed.find(
    ({ slug, document }) => slug === truth.development && document.fileName === truth.fileName,
  )
  if (!found) throw new Error(`No file ${truth.fileName} at ${truth.development}`)
  return found
}

/** Not as a part of a longer word or number: "6 panels" does not stand in "16 panels". */
function stands(answer: string, page: string): boolean {
  const literal = answer.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  return new RegExp(`(?<![\\w.])${literal}(?!\\w)`).test(page)
}

describe('the set of documents', () => {
  test('each estate has enough documents, most of several pages', () => {
    const files = (slug: string) => printed.filter((file) => file.slug === slug)
    expect(files('longview-park').length).toBeGreaterThanOrEqual(20)
    expect(files('rathard-park').length).toBeGreaterThanOrEqual(8)
    expect(files('harbour-view').length).toBeGreaterThanOrEqual(20)
    expect(printed.filter(({ pages }) => pages.length > 1).length).toBeGreaterThan(printed.length * 0.9)
  })

  test('Longview Park has a floor plan and a specification for each of its twelve house types', () => {
    for (const kind of ['floor_plan', 'specification']) {
      const codes = printed
        .filter((f) => f.slug === 'longview-park' && f.document.kind === kind)
        .map((f) => f.document.houseTypeCodes)
      expect(new Set(codes.map(String)).size).toBe(12)
    }
  })

  test('every kind of document that a home can see is there, and the two kinds that are not for answers', () => {
    const kinds = new Set(
      printed.filter(({ slug }) => slug === 'longview-park').map(({ document }) => document.kind),
    )
    expect([...kinds].sort()).toEqual([
      'ber',
      'brochure',
      'certificate',
      'elevation',
      'floor_plan',
      'manual',
      'notice',
      'services_drawing',
      'specification',
      'structural',
      'user_guide',
      'warranty',
    ])
  })

  test('file names are unique in an estate, and name the house type in more than one way of writing', () => {
    for (const { documents } of developments) {
      expect(new Set(documents.map(({ fileName }) => fileName)).size).toBe(documents.length)
    }
    const names = printed.map(({ document }) => document.fileName)
    for (const expected of [
      '281-MHL-BDO1-ZZ-DR-A-0270 Floor Plan.pdf',
      'House Type BS-02 Specification.pdf',
      '281-MHL_bs01_ZZ_DR_M_0310 Services Layout.pdf',
    ]) {
      expect(names).toContain(expected)
    }
  })

  test('documents name only house types and homes of their own estate', () => {
    for (const { documents, houseTypes, units } of developments) {
      for (const document of documents) {
        for (const code of document.houseTypeCodes)
          expect(houseTypes.map((type) => type.code)).toContain(code)
        if (document.unitNumber !== null)
          expect(units.map(({ number }) => number)).toContain(document.unitNumber)
      }
    }
  })
})

describe('the files', () => {
  test('another process in another time zone builds the same bytes, and no two documents have the same', async () => {
    const hashes = printed.map(({ bytes }) => sha256(bytes))
    expect(await hashesOfAnotherProcess()).toEqual(hashes)
    expect(new Set(hashes).size).toBe(printed.length)
  }, 60_000)

  test('every page carries the canary of its document and of no other', () => {
    const canaries = printed.map(({ pages }) => /Ref [A-Z0-9-]+-2026/.exec(pages[0] ?? '')?.[0])
    expect(canaries).not.toContain(undefined)
    expect(new Set(canaries).size).toBe(printed.length)
    printed.forEach(({ pages }, index) => {
      for (const page of pages) expect(page).toContain(canaries[index] ?? 'no canary')
    })
  })

  test('a cover shifts the printed page number, and a sheet without a cover counts from one', () => {
    const numbers = (title: string) =>
      printed
        .find(({ document }) => document.title === title)
        ?.pages.map((page) => /Page (\d+)$/.exec(page.trim())?.[1])
    expect(numbers('Home User Guide')?.slice(0, 3)).toEqual([undefined, '1', '2'])
    expect(numbers('Waste and Recycling Guide')).toEqual(['1', '2', '3'])
  })

  test('every page of prose has enough words to be retrieved by', () => {
    for (const { document, pages } of printed.filter((file) => file.document.kind === 'specification')) {
      for (const page of pages) expect([document.title, page.length > 1_200]).toEqual([document.title, true])
    }
  })
})

describe('the answers', () => {
  test('each true answer stands on the page that the list of truths names', () => {
    const missing = truths.filter(
      (truth) => !stands(truth.answer, printedFor(truth).pages[truth.page - 1] ?? ''),
    )
    expect(missing.map(({ id, answer }) => `${id}: ${answer}`)).toEqual([])
    expect(truths.length).toBeGreaterThan(300)
  })

  test('the named page prints the page number of the list of truths', () => {
    for (const truth of truths)
      expect(printedFor(truth).pages[truth.page - 1]).toEndWith(`Page ${truth.printedPage}`)
  })

  test('a specification holds no true answer of another type of its estate', () => {
    const specific = truths.filter(
      ({ title, subject }) => title.endsWith('Specification') && subject !== 'boiler',
    )
    const leaks: string[] = []
    for (const truth of specific) {
      const others = specific.filter(
        (other) => other.development === truth.development && other.subject === truth.subject,
      )
      for (const other of others) {
        if (other.houseTypeCode === truth.houseTypeCode) continue
        if (printedFor(other).pages.some((page) => stands(truth.answer, page)))
          leaks.push(`${truth.id} in ${other.fileName}`)
      }
    }
    expect(specific.length).toBeGreaterThan(200)
    expect(leaks).toEqual([])
  })

  test('the estates answer the same question differently', () => {
    const seen = new Map<string, string>()
    const same: string[] = []
    for (const truth of truths.filter(({ subject }) => subject !== 'boiler' && subject !== 'first_year')) {
      const key = `${truth.subject} ${truth.houseTypeCode} ${truth.answer}`
      const other = seen.get(key)
      if (other !== undefined && other !== truth.tenant) same.push(truth.id)
      seen.set(key, truth.tenant)
    }
    expect(same).toEqual([])
  })

  test('what nobody has recorded stands in no document and no fact', () => {
    for (const { document, pages } of printed) {
      for (const topic of gapTopics)
        expect([document.title, topic.exec(pages.join(' '))?.[0]]).toEqual([document.title, undefined])
    }
    const facts = JSON.stringify(
      developments.map(({ facts: own, units }) => [own, units.map((unit) => unit.facts)]),
    )
    for (const topic of gapTopics) expect(facts).not.toMatch(topic)
  })
})
