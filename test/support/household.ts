// What every household's app has: its pages that need no id, and reporting a snag with a photo.
import type { Page } from 'playwright-core'
import sharp from 'sharp'

export const HOUSEHOLD_PAGES = [
  '/',
  '/home',
  '/documents',
  '/map',
  '/snags',
  '/snags/new',
  '/maintenance',
  '/checklists',
  '/notices',
  '/responsibilities',
  '/emergency',
  '/conversations',
  '/saved',
  '/my-data',
  '/my-data/erasure',
  '/moving-on',
  '/preferences',
  '/privacy',
]

export const inventedPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: '#884422' } })
    .jpeg()
    .toBuffer()

/** Fills in and sends the form of a snag, which stands before the person already. */
export async function reportDrippingTap(page: Page): Promise<void> {
  await page.selectOption('[name=room]', 'Kitchen')
  await page.selectOption('[name=category]', 'plumbing')
  await page.fill('[name=description]', 'The tap drips all night.')
  await page.setInputFiles('[name=photo]', {
    name: 'tap.jpg',
    mimeType: 'image/jpeg',
    buffer: await inventedPhoto(),
  })
  await page.click('text=Send to the builder')
  await page.locator('text=Your builder can see it now').waitFor()
}
