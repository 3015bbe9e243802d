// Who may be calling: the shapes that identification yields and routes receive.
import type { AdminScope, HomeScope, Scope } from '#db/scope.ts'

/** A person in a home's app. `purchaserId` is null where the builder recorded no names. */
export type PurchaserCaller = { scope: HomeScope; sessionId: string; purchaserId: string | null }

export type StaffCaller = {
  scope: Scope
  sessionId: string
  staffId: string
  name: string
  role: 'admin' | 'developer'
}

export type SuperAdminCaller = { scope: AdminScope; sessionId: string; staffId: string; name: string }

export type ApiClientCaller = {
  scope: Scope
  keyId: string
  scopes: readonly string[]
  requestsPerMinute: number
  /** Whose pages may call with this key; programs that are no browser's page have no origin. */
  allowedOrigins: readonly string[]
}
