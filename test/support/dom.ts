// Whether scripts left a page as the server wrote it: what is different afterwards, outside the listed islands.
import type { Page, Response } from 'playwright-core'

/** What scripts own: the map draws into its element. */
export const ISLANDS = ['[data-map]'] as const
/** Attributes that say that a script is there, on whichever element it took over. */
const MARKS = ['data-ready', 'data-htmx-powered'] as const

/** The first difference in words; null when there is none. The response must be the one the page was made of. */
export async function changedByScripts(page: Page, response: Response): Promise<string | null> {
  const served = await response.text()
  return page.evaluate(
    ({ served, islands, marks }) => {
      const linesOf = (whole: Document): string[] => {
        const body = whole.body.cloneNode(true) as HTMLElement
        for (const element of body.querySelectorAll('noscript')) element.remove()
        for (const island of body.querySelectorAll(islands.join(','))) island.replaceWith('island')
        for (const element of body.querySelectorAll('*'))
          for (const mark of marks) element.removeAttribute(mark)
        return body.outerHTML.replaceAll('><', '>\n<').split('\n')
      }
      const [before, after] = [
        linesOf(new DOMParser().parseFromString(served, 'text/html')),
        linesOf(document),
      ]
      const at = before.findIndex((line, i) => line !== after[i])
      if (at === -1 && before.length === after.length) return null
      const i = at === -1 ? before.length : at
      return `${location.pathname} line ${i}: “${before[i]}” became “${after[i]}”`
    },
    { served, islands: [...ISLANDS], marks: [...MARKS] },
  )
}
