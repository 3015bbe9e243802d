// What the names of chosen files say about them, before they are uploaded.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { UploadTray } from '#views/developer/upload-tray.tsx'
import { kindOptions } from '#views/document-kinds.ts'
import { access } from '../../access/access.ts'
import { fileNameHints } from '../../documents/file-name-hints.ts'
import { houseTypeOptions } from '../../estate-summary.ts'
import { portalPlace } from '../../portal.ts'

const NAMES_MAX = 60
const NAME_CHARS_MAX = 300

const names = z.array(z.string().max(NAME_CHARS_MAX)).max(NAMES_MAX)

export const uploadTray = new Elysia({ name: 'developer/upload-tray' }).use(access).get(
  '/developer/upload-tray',
  async ({ staff, query }) => {
    await portalPlace(staff.scope, staff.staffId, query.development)
    const codes = (await houseTypeOptions(staff.scope, query.development)).map(({ code }) => code)
    return UploadTray({
      kinds: kindOptions(),
      houseTypeCodes: codes,
      files: [query.name].flat().map((fileName) => {
        const { kind, houseTypeCodes } = fileNameHints(fileName, codes)
        return { fileName, kind: kind ?? 'other', houseTypes: houseTypeCodes }
      }),
    })
  },
  {
    forStaff: 'developer',
    query: z.object({
      development: z.uuid(),
      name: z.union([z.string().max(NAME_CHARS_MAX), names]),
    }),
    detail: { hide: true },
  },
)
