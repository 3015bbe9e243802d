// The surroundings of a test file over the gallery: one Chromium, and every page with invented props.
import { afterAll, beforeAll } from 'bun:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { type OpenedPages, openedPages } from '../support/opened-pages.ts'
import { type Gallery, startGallery } from './gallery.ts'

export type GalleryTests = OpenedPages & {
  /** Lets an answer go on that was held. */
  continueAnswer(): void
  addressOf(name: string): string
  /** A page of the gallery by its name. */
  visit(name: string, options: BrowserContextOptions): Promise<Page>
}

export function galleryTests(testMs: number): GalleryTests {
  const pages = openedPages(testMs)
  let gallery: Gallery
  beforeAll(async () => {
    gallery = await startGallery()
  }, testMs)
  afterAll(() => gallery.stop())

  const addressOf = (name: string) => `${gallery.url}/gallery/${name}`
  return Object.assign(pages, {
    continueAnswer: () => gallery.continueAnswer(),
    addressOf,
    async visit(name: string, options: BrowserContextOptions) {
      const page = await pages.open(options)
      await page.goto(addressOf(name))
      return page
    },
  })
}
