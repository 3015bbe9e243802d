// Where generated requests come from: the OpenAPI document, the forms and links of real pages, and the table of routes.
import type { Dice } from '#src/demo/dice.ts'
import type { TestApp } from '../app.ts'
import { anyId, chance, HOSTILE, harmlessId, type Ids, madeFrom, type Schema } from './values.ts'

export type Generated = { method: string; path: string; init: RequestInit; source: string }
export type Source = (dice: Dice, ids: Ids) => Generated

/** Half a character cannot stand in an address. */
const inPath = (text: string) => encodeURIComponent(text.toWellFormed())

const WRONG_PERCENT = 8
const PAGES_CRAWLED_MAX = 60

type Parameter = { name: string; in: string; required?: boolean; schema?: Schema }
type Operation = {
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
}
type Document = { paths: Record<string, Record<string, Operation>> }

/** One source an operation of the API's own description. */
export async function operationSources(app: TestApp): Promise<Source[]> {
  const document = (await (await app.call('/openapi.json')).json()) as Document
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(([method, operation]) => sourceOf(method.toUpperCase(), path, operation)),
  )
}

const sourceOf =
  (method: string, path: string, operation: Operation): Source =>
  (dice, ids) => {
    const filled = path.replace(/\{(\w+)\}/g, () =>
      inPath(chance(dice, 6) ? dice.pick(HOSTILE) : anyId(dice, ids)),
    )
    const query = queryOf(dice, ids, operation.parameters ?? [])
    const [type, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
    const init: RequestInit = { method, headers: {} }
    if (type?.includes('json')) {
      init.headers = { 'content-type': 'application/json' }
      init.body = JSON.stringify(madeFrom(dice, body?.schema ?? {}, ids, WRONG_PERCENT))
      if (chance(dice, 2))
        init.body = dice.pick(['{', '[[[[', '{"a":1e999}', '{"__proto__":{"x":1}}', '', 'null'])
    } else if (type) {
      init.headers = { 'content-type': chance(dice, 80) ? type : 'text/plain' }
      init.body = dice.pick([
        '%PDF-1.4\n%%EOF',
        'number,house_type\n1,BD01\n',
        '',
        '\u0000\u0001',
        'a'.repeat(9_000),
      ])
    }
    return { method, path: filled + query, init, source: `${method} ${path}` }
  }

function queryOf(dice: Dice, ids: Ids, parameters: Parameter[]): string {
  const search = new URLSearchParams()
  for (const { name, in: place, schema, required } of parameters)
    if (place === 'query' && (required || chance(dice, 35)))
      search.append(name, String(madeFrom(dice, schema ?? {}, ids, WRONG_PERCENT)))
  if (chance(dice, 3))
    search.append(dice.pick(['limit', 'cursor', 'sort', 'tenant_id', '__proto__[x]']), dice.pick(HOSTILE))
  const text = search.toString()
  return text ? `?${text}` : ''
}

export type Form = {
  action: string
  method: string
  type: string
  fields: { name: string; values: string[] }[]
}

/** The forms and links that a signed-in person meets, a page after the other. */
export async function crawl(
  open: (path: string) => Promise<Response>,
  start: string,
): Promise<{ forms: Form[]; links: string[] }> {
  const links = [start]
  const forms = new Map<string, Form>()
  for (let at = 0; at < links.length && at < PAGES_CRAWLED_MAX; at++) {
    const response = await open(links[at]!)
    if (!response.headers.get('content-type')?.includes('html')) continue
    const page = await readPage(response)
    for (const form of page.forms)
      forms.set(`${form.method} ${form.action.replace(/[0-9a-f-]{36}/g, ':id')}`, form)
    for (const link of page.links)
      if (link.startsWith('/') && !link.startsWith('//') && !isKnown(links, link)) links.push(link)
  }
  return { forms: [...forms.values()], links }
}

/** Two of a kind are enough: another home's page has the same forms. */
function isKnown(links: string[], link: string): boolean {
  const shape = (path: string) => path.replace(/[0-9a-f-]{36}/g, ':id').replace(/cursor=[^&]+/, 'cursor')
  return links.filter((known) => shape(known) === shape(link)).length >= 2
}

async function readPage(response: Response): Promise<{ forms: Form[]; links: string[] }> {
  const forms: Form[] = []
  const links: string[] = []
  const field = (element: HTMLRewriterTypes.Element) => {
    const [form, name] = [forms.at(-1), element.getAttribute('name')]
    if (!form || !name) return
    const known = form.fields.find((each) => each.name === name)
    const value = element.getAttribute('value') ?? ''
    if (known) known.values.push(value)
    else form.fields.push({ name, values: [value] })
  }
  const rewriter = new HTMLRewriter()
    .on('form', {
      element(element) {
        forms.push({
          action: element.getAttribute('action') ?? '',
          method: (element.getAttribute('method') ?? 'get').toUpperCase(),
          type: element.getAttribute('enctype') ?? 'application/x-www-form-urlencoded',
          fields: [],
        })
      },
    })
    .on('input, textarea, select, button', { element: field })
    .on('option', {
      element(element) {
        forms
          .at(-1)
          ?.fields.at(-1)
          ?.values.push(element.getAttribute('value') ?? '')
      },
    })
    .on('a[href]', {
      element: (element) => void links.push((element.getAttribute('href') ?? '').replaceAll('&amp;', '&')),
    })
  await rewriter.transform(response).text()
  return { forms, links: links.map((link) => link.split('#')[0] ?? '') }
}

/** What ends the session or the builder itself is tried by its own tests; here it would end the run. */
const ENDS_THE_RUN =
  /sign-out|\/suspension|\/disabling|sessions\/end|\/impersonation$|\/my-data\/erasure|\/revocation/

export const formSources = (forms: readonly Form[]): Source[] =>
  forms
    .filter(({ action }) => !ENDS_THE_RUN.test(action))
    .map((form) => (dice, ids) => filledIn(dice, ids, form))

function filledIn(dice: Dice, ids: Ids, form: Form): Generated {
  const path = chance(dice, 25) ? form.action.replace(/[0-9a-f-]{36}/g, () => anyId(dice, ids)) : form.action
  const fields: [string, string][] = []
  for (const { name, values } of form.fields) {
    if (chance(dice, 10)) continue
    fields.push([name, fieldValue(dice, ids, name, values)])
    if (chance(dice, 3)) fields.push([name, dice.pick(HOSTILE)])
  }
  const source = `${form.method} ${form.action.replace(/[0-9a-f-]{36}/g, ':id')}`
  if (form.method === 'GET') {
    const search = new URLSearchParams(fields).toString()
    return { method: 'GET', path: `${path.split('?')[0]}?${search}`, init: {}, source }
  }
  const init: RequestInit =
    form.type === 'multipart/form-data'
      ? { method: 'POST', body: multipart(dice, fields) }
      : urlencoded(fields)
  return { method: 'POST', path, init, source }
}

const urlencoded = (fields: [string, string][]): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})

function multipart(dice: Dice, fields: [string, string][]): FormData {
  const body = new FormData()
  for (const [name, value] of fields)
    if (/file|photo/.test(name))
      body.append(
        name,
        new File(
          [dice.pick(['%PDF-1.4\n%%EOF', '', 'GIF89a', 'a,b\n1,2'])],
          dice.pick(['a.pdf', '../x', 'ø.png', '']),
        ),
      )
    else body.append(name, value)
  return body
}

const HOLDS_ID = /(?:^|_)ids?$|development|version|unit/

function fieldValue(dice: Dice, ids: Ids, name: string, values: string[]): string {
  const roll = dice.roll(10)
  if (roll < 5) return dice.pick(values)
  if (roll < 7) return dice.pick(HOSTILE)
  if (roll < 8) return HOLDS_ID.test(name) ? anyId(dice, ids) : harmlessId(dice, ids)
  return dice.pick(['2026-11-25', 'a@example.ie', 'Some words of a person', '12', 'on', 'BD01'])
}

/** Every route as it stands in the table, with ids for its parameters and whatever else. */
export const routeSources = (routes: TestApp['routes'], belongs: (path: string) => boolean): Source[] =>
  routes
    .filter(({ path }) => belongs(path) && !ENDS_THE_RUN.test(path))
    .map(({ method, path }) => (dice, ids) => {
      const filled = path.replace(/:\w+\??/g, () =>
        inPath(chance(dice, 10) ? dice.pick(HOSTILE) : anyId(dice, ids)),
      )
      const source = `${method} ${path}`
      const search = new URLSearchParams()
      for (const name of [
        'limit',
        'cursor',
        'development',
        'q',
        'sort',
        'page',
        'status',
        'kind',
        'tenant',
        'from',
      ])
        if (chance(dice, 8)) search.append(name, chance(dice, 50) ? anyId(dice, ids) : dice.pick(HOSTILE))
      const query = search.size > 0 ? `?${search}` : ''
      if (method === 'GET') return { method, path: filled + query, init: {}, source }
      const fields = Array.from({ length: dice.roll(4) }, (): [string, string] => [
        dice.pick([
          'name',
          'title',
          'question',
          'answer',
          'id',
          'development_id',
          'code',
          'password',
          'status',
        ]),
        dice.pick(HOSTILE),
      ])
      return { method, path: filled + query, init: { ...urlencoded(fields), method }, source }
    })
