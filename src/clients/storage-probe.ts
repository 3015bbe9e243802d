// Tries a file store out: a file goes in, comes back by a signed address, is refused to strangers, and is removed.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { openStorage, s3Client } from './storage.ts'

const NO_TENANT = '00000000-0000-0000-0000-000000000000'
const SIGNED_S = 60
const FETCH_TIMEOUT_MS = 15_000
const CONTENT = 'written by bun run doctor'

export type StoreProbe = {
  /** Null for a local folder, which has no addresses. */
  signedStatus: number | null
  /** What somebody gets who has no signature; 200 is a public bucket. */
  strangerStatus: number | null
}

/** @throws whatever the store says when it takes, gives or removes no file */
export async function probeStore(config: Config): Promise<StoreProbe> {
  const store = openStorage(config)
  const key = `${NO_TENANT}/${crypto.randomUUID()}/${crypto.randomUUID()}`
  const folder = join(config.dataDir, 'tmp')
  const path = join(folder, crypto.randomUUID())
  await mkdir(folder, { recursive: true })
  try {
    await Bun.write(path, CONTENT)
    await store.store(key, path, 'text/plain')
    const read = await (await store.open(key)).text()
    if (read !== CONTENT) throw new Error('what came back is not what was stored')
    return config.STORAGE_S3_ENDPOINT
      ? await overHttp(config, key)
      : { signedStatus: null, strangerStatus: null }
  } finally {
    await rm(path, { force: true })
    await store.remove(key).catch(() => {})
  }
}

async function overHttp(config: Config, key: string): Promise<StoreProbe> {
  const signed = s3Client(config).presign(key, { expiresIn: SIGNED_S, method: 'GET' })
  const stranger = new URL(signed)
  stranger.search = ''
  return { signedStatus: await statusOf(signed), strangerStatus: await statusOf(stranger.href) }
}

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), redirect: 'manual' })
  await response.body?.cancel()
  return response.status
}
