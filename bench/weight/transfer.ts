// What one first load sends over the wire, by the browser's own count.
import type { BrowserContext } from 'playwright-core'

export type Transfer = {
  /** Bodies as they were sent, compressed, with their headers. */
  totalBytes: number
  scriptBytes: number
  requests: number
  encodings: string[]
  /** The scripts' texts. */
  scripts: string[]
}

export async function transferOf(context: BrowserContext, url: string): Promise<Transfer> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  const kinds = new Map<string, { type: string; encoding: string }>()
  let [totalBytes, scriptBytes, requests] = [0, 0, 0]
  devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
    const encoding = Object.entries(response.headers).find(
      ([name]) => name.toLowerCase() === 'content-encoding',
    )
    kinds.set(requestId, { type, encoding: encoding?.[1] ?? 'none' })
  })
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    requests += 1
    totalBytes += encodedDataLength
    if (kinds.get(requestId)?.type === 'Script') scriptBytes += encodedDataLength
  })
  const scripts: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.text())
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const texts = await Promise.all(scripts)
  await page.close()
  const encodings = [...new Set([...kinds.values()].map(({ type, encoding }) => `${type} ${encoding}`))]
  return { totalBytes, scriptBytes, requests, encodings: encodings.sort(), scripts: texts }
}
