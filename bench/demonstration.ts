// A data folder for a server of a bench: a copy of a finished demonstration, or an empty one that it is made in.
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { freshFolder } from '../test/support/server.ts'

/** The copy is the bench's own, to be deleted; what it is copied from stays as it is and must not be in use. */
export function demonstration(from = process.env.DATA_DIR): string {
  const folder = freshFolder()
  if (!from) return folder
  cpSync(from, folder, { recursive: true })
  for (const left of ['openhouse.pid', 'server.pid']) rmSync(join(folder, left), { force: true })
  return folder
}
