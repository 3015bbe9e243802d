// What there is to walk on a page of a portal: links, filters, orders and the next page, as its DOM has them.
import type { Page } from 'playwright-core'

export type View = {
  /** Path and query. */
  url: string
  kind: 'page' | 'filter' | 'order' | 'next' | 'empty' | 'refused'
  /** The view whose page led here. */
  from: string
}

type Seen = {
  links: { url: string; isOrder: boolean; isNext: boolean }[]
  forms: { action: string; hidden: [string, string][]; choices: [string, string][]; searches: string[] }[]
}

/** Files, and what only fragments are for. */
const NO_PAGE = /\.(?:csv|json)\b|\/file\b|\/print-pack|\/logo\/|\/photo\b/
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
/** So many of the rows of a list are opened. */
const OF_A_KIND_MAX = 2
export const NOTHING = 'zzz no such thing'

/** The path with its ids taken out, as the routes have it. */
export const patternOf = (url: string): string => (url.split('?')[0] as string).replace(ID, ':id')

export class Walk {
  readonly queue: View[] = []
  readonly seen = new Set<string>()
  private readonly counts = new Map<string, number>()

  constructor(
    private readonly root: string,
    private readonly main: string,
  ) {}

  /** Queues what nobody queued before: `keys` say what the view shows, and one of them has to be new. */
  add(view: View, keys: string[]): void {
    if (keys.every((key) => this.seen.has(key))) return
    const path = patternOf(view.url)
    if (path.includes(':id') && view.kind === 'page') {
      const count = this.counts.get(path) ?? 0
      if (count >= OF_A_KIND_MAX) return
      this.counts.set(path, count + 1)
    }
    for (const key of keys) this.seen.add(key)
    this.queue.push(view)
  }

  /** From a filtered or ordered list only rows are followed: what its own controls lead to is walked from the whole list. */
  async lookAround(page: Page, { url, kind }: View): Promise<void> {
    const { links, forms } = await page.evaluate(findAll)
    const pattern = patternOf(url)
    const isWhole = kind === 'page'
    for (const link of links) {
      if (!link.url.startsWith(this.root) || NO_PAGE.test(link.url)) continue
      const own = patternOf(link.url) === pattern
      const query = new URLSearchParams(link.url.split('?')[1])
      const view = { url: link.url, from: url }
      if (link.isNext) {
        if (isWhole) this.add({ ...view, kind: 'next' }, [`next ${pattern} ${query.get('view') ?? ''}`])
      } else if (link.isOrder) {
        if (isWhole) this.add({ ...view, kind: 'order' }, [`order ${pattern} ${query.get('sort')}`])
      } else if (isWhole || !own) this.add({ ...view, kind: 'page' }, keysOf(link.url))
    }
    if (!isWhole || !this.isMain(url)) return
    for (const form of forms) this.fillIn(form, url)
    const nowhere = `${url.split('?')[0]}?development=nowhere`
    if (url.includes('development='))
      this.add({ url: nowhere, kind: 'refused', from: url }, [`refused ${pattern}`])
  }

  /** Every choice of every filter, a search for nothing, and a choice that there is not. */
  private fillIn({ action, hidden, choices, searches }: Seen['forms'][number], from: string): void {
    const pattern = patternOf(action)
    const add = (kind: View['kind'], name: string, value: string) => {
      const query = new URLSearchParams([...hidden.filter(([other]) => other !== name), [name, value]])
      this.add({ url: `${action}?${query}`, kind, from }, [`${kind} ${pattern} ${name}=${value}`])
    }
    for (const [name, value] of choices) add('filter', name, value)
    for (const name of new Set(choices.map(([name]) => name)))
      if (name !== 'development') add('refused', name, 'no such')
    for (const name of searches) add('empty', name, NOTHING)
  }

  private isMain(url: string): boolean {
    const of = new URLSearchParams(url.split('?')[1]).get('development')
    return of === null || of === this.main
  }
}

/** Every value of every parameter is looked at once in each development, and not every one with every other. */
function keysOf(url: string): string[] {
  const [path = '', text] = url.split('?')
  const query = new URLSearchParams(text)
  const page = `page ${path} ${query.get('development') ?? ''}`
  query.delete('development')
  return [
    page,
    ...[...query].map(
      ([name, value]) => `${page} ${name}=${name === 'cursor' ? '' : value.replace(ID, ':id')}`,
    ),
  ]
}

/** In the page. */
function findAll(): Seen {
  const local = (href: string) => {
    const url = new URL(href, location.href)
    return url.origin === location.origin ? url.pathname + url.search : ''
  }
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
    .filter((link) => !link.getAttribute('href')?.startsWith('#') && !link.hasAttribute('download'))
    .map((link) => ({
      url: local(link.href),
      isOrder: link.classList.contains('sort-link'),
      isNext: link.rel === 'next',
    }))
  // The switch between developments is in every frame, and all links carry what it says.
  const forms = [...document.querySelectorAll<HTMLFormElement>('main form[method=get]')].map((form) => ({
    action: local(form.action).split('?')[0] as string,
    hidden: [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')].map(
      ({ name, value }) => [name, value] as [string, string],
    ),
    choices: [...form.querySelectorAll('select')].flatMap((select) =>
      [...select.options]
        .filter(({ value }) => value !== '')
        .map(({ value }) => [select.name, value] as [string, string]),
    ),
    searches: [...form.querySelectorAll<HTMLInputElement>('input[type=search], input[type=text]')].map(
      ({ name }) => name,
    ),
  }))
  return { links, forms }
}

/** Takes out rows that are made like one above them, of which axe would say the same again. */
export const keepOneOfAKind = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const list of document.querySelectorAll('tbody, main ul, main ol, select')) {
      const known = new Set<string>()
      for (const row of [...list.children]) {
        const made = row.innerHTML
          .replace(/>[^<]*</g, '><')
          .replace(/ (?:href|id|for|value|action|name|datetime)="[^"]*"/g, '')
        if (known.has(made)) row.remove()
        known.add(made)
      }
    }
  })

/** In the page: which elements stand in which, by their classes. Axe has nothing new to say of a page without new ones. */
export const shapeOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const name = (element: Element) =>
      `${element.localName}.${element.getAttribute('class') ?? ''}[${element.getAttribute('role') ?? ''} ${element.getAttribute('type') ?? ''}]`
    const pairs = [...document.body.querySelectorAll('*')].map(
      (element) => `${element.parentElement && name(element.parentElement)} > ${name(element)}`,
    )
    return [...new Set(pairs)]
  })
