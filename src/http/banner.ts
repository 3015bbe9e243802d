// Puts what must be over a page on it, whatever page it is, so that none can forget it.
import { Announcements } from '#views/layout/announcements.tsx'
import { ImpersonationBanner } from '#views/layout/impersonation.tsx'
import type { RequestContext } from './request-context.ts'

const BODY = /<body\b[^>]*>/
const MAIN = /<main\b[^>]*>/

/** Fragments have neither and stay as they are: the page around them has the banners. */
export function withBanner(
  markup: string,
  { impersonation, announcements, portal }: RequestContext,
  next: string,
): string {
  let page = markup
  if (impersonation) {
    const { staff, home, tenantName, expiresAt } = impersonation
    const name = staff?.name ?? home?.name ?? ''
    const banner = ImpersonationBanner({ name, tenantName, expiresAt }).markup
    page = page.replace(BODY, (body) => body + banner)
  }
  if (announcements.length > 0) {
    const reader = portal === 'developer' ? 'staff' : 'purchasers'
    const banner = Announcements({ portal: reader, announcements, next }).markup
    page = page.replace(MAIN, (main) => main + banner)
  }
  return page
}
