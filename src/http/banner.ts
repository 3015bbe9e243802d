// Puts the banner of an impersonation on a page, whatever page it is, so that none can forget it.
import { ImpersonationBanner } from '#views/layout/impersonation.tsx'
import type { Impersonation } from '../access/impersonation.ts'

const BODY = /<body\b[^>]*>/

/** Fragments have no body and stay as they are: the page around them has the banner. */
export function withBanner(markup: string, impersonation: Impersonation | null): string {
  if (!impersonation) return markup
  const { staff, home, tenantName, expiresAt } = impersonation
  const name = staff?.name ?? home?.name ?? ''
  return markup.replace(BODY, (body) => body + ImpersonationBanner({ name, tenantName, expiresAt }).markup)
}
