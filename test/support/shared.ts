// Finds the sample files that are kept beside the repository and are no part of it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.env.SHARED_DIR ?? join(import.meta.dir, '../../../shared')

/** The path of a sample file or folder, or `null` (said once, by name) where the samples are not present. */
export function sharedPath(path: string): string | null {
  const full = join(folder, path)
  if (existsSync(full)) return full
  console.warn(`skipped: ${path} is not below ${folder} (SHARED_DIR names the folder of samples)`)
  return null
}
