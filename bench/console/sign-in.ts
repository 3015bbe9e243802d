// The operator of the demonstration, signed in.
import type { Server } from '../../test/support/server.ts'

export async function operatorCookie(to: Server): Promise<string> {
  const { super_admin: operator } = to.demo() as unknown as {
    super_admin: { email: string; password: string }
  }
  const response = await fetch(`${to.url}/admin/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(operator),
  })
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
