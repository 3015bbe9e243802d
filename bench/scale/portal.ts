// The builder's portal in this process, asked as its administrator.
import { createApp } from '#src/app.ts'
import { buildAssets } from '#src/http/assets.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { setAssetUrls } from '#views/assets.ts'
import { ORIGIN } from '../../test/support/app.ts'
import { testSecrets } from '../../test/support/process.ts'
import type { ScaleDatabase } from './database.ts'

export type Portal = { get(path: string): Promise<{ html: string; ms: number }> }

export async function openPortal({ look, tenants }: ScaleDatabase): Promise<Portal> {
  const assets = await buildAssets()
  setAssetUrls((name) => assets.url(name))
  const app = createApp({
    assets,
    isDraining: () => false,
    readiness: async () => ({ ready: true, waitingFor: null }),
  })
  const [admin] =
    await look`select email from staff where tenant_id = ${tenants[0] as string} and role = 'admin' limit 1`
  const email = admin?.email as string
  const password = testSecrets.password(email)
  const signedIn = await app.handle(
    new Request(`${ORIGIN}/developer/sign-in`, {
      method: 'POST',
      headers: {
        host: new URL(ORIGIN).host,
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams({ email, password }),
    }),
  )
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return {
    async get(path) {
      forgetLimits()
      const request = new Request(ORIGIN + path, { headers: { host: new URL(ORIGIN).host, cookie } })
      const startedAt = performance.now()
      const response = await app.handle(request)
      const html = await response.text()
      const ms = performance.now() - startedAt
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
      return { html, ms }
    },
  }
}
