// Work for the drills: PDFs made on the spot and uploaded through the API, and homes whose pins are to be looked up.
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { scopeOfJob } from '#src/access/job-scope.ts'
import type { Server } from '../../test/support/server.ts'
import type { Rig } from './rig.ts'

/** Pages of the PDFs, in turn: some end within a kill's delay, some are in the middle of it. */
const SIZES = [4, 12, 40]
const LINES_A_PAGE = 30
const NUMBER_DIGITS = 5

export type Upload = { number: number; pages: number; id: string | null; isAccepted: boolean }

export type Load = {
  uploads: Upload[]
  /** Homes whose pins were taken away. */
  homes: ReadonlySet<string>
  /** Uploads one more; one whose answer was cut off is sent again by `resend`. */
  upload(server: Server): Promise<void>
  resend(server: Server): Promise<void>
  /** Takes the pins of so many homes away and enqueues the search for them. Returns the jobs. */
  losePins(count: number): Promise<string[]>
}

export function makeLoad(rig: Rig): Load {
  const uploads: Upload[] = []
  const send = async (server: Server, entry: Upload) => {
    const title = `Drill ${padded(entry.number)}`
    const query = new URLSearchParams({ development_id: rig.developmentId, title, kind: 'manual' })
    const headers = { 'content-type': 'application/pdf' }
    const init = { method: 'POST', body: await drillPdf(entry.number, entry.pages), headers }
    const response = await server.api(`documents?${query}`, init, rig.apiKey)
    if (!response.ok) throw new Error(`an upload answered ${response.status}: ${await response.text()}`)
    entry.id = ((await response.json()) as { id: string }).id
    entry.isAccepted = true
  }
  const homes = new Set<string>()
  let nextHome = 0
  return {
    uploads,
    homes,
    upload: async (server) => {
      const number = uploads.length
      const entry = { number, pages: SIZES[number % SIZES.length] ?? 1, id: null, isAccepted: false }
      uploads.push(entry)
      await send(server, entry)
    },
    resend: async (server) => {
      for (const entry of uploads.filter(({ isAccepted }) => !isAccepted)) await send(server, entry)
    },
    losePins: async (count) => {
      const pinless =
        await rig.look`update units u set latitude = null, longitude = null, location_source = null,
          geocode_form = null, geocode_attempts = 0, geocode_failure_code = null
        where id in (select id from units where tenant_id = ${rig.tenantId} order by id offset ${nextHome} limit ${count})
          and not exists (select from job_status j where j.kind = 'geocode-unit' and j.finalized_at is null and j.payload->>'unitId' = u.id::text)
        returning id`
      for (const { id } of pinless) homes.add(id)
      const [{ total } = { total: 1 }] =
        await rig.look`select count(*)::int as total from units where tenant_id = ${rig.tenantId}`
      nextHome = (nextHome + count) % total
      const scope = scopeOfJob({ tenantId: rig.tenantId, kind: 'drill', requestId: 'drill' })
      return within(scope, (db) =>
        Promise.all(
          pinless.map(({ id }) =>
            enqueue(db, 'geocode-unit', { tenantId: rig.tenantId, unitId: id }, { dedupeKey: `drill ${id}` }),
          ),
        ),
      )
    },
  }
}

/** Every file of one number of pages has as many passages as the next: only digits differ, and those are padded. */
async function drillPdf(number: number, pages: number): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (let page = 1; page <= pages; page++) {
    const sheet = pdf.addPage()
    for (let line = 0; line < LINES_A_PAGE; line++)
      sheet.drawText(
        `Boiler ${padded(number)} keeps valve ${padded(page)}.${padded(line)} of the heating closed.`,
        {
          x: 40,
          y: 780 - line * 22,
          size: 10,
          font,
        },
      )
  }
  // The same number is the same file, or a repeated upload would be no repetition.
  pdf.setCreationDate(new Date(0))
  pdf.setModificationDate(new Date(0))
  return new Uint8Array(await pdf.save())
}

const padded = (value: number) => String(value).padStart(NUMBER_DIGITS, '0')
