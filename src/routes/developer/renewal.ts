// The yearly renewal of a development's documents.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { type RenewalDocumentView, RenewalPage } from '#views/developer/renewal.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { type DocumentKind, kindLabel } from '#views/document-kinds.ts'
import { count } from '#views/format.ts'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { type RenewalDocument, readRenewal, rereadDocuments } from '../../renewal.ts'
import { shellOf } from './present.ts'

const pageQuery = z.object({
  development: z.uuid().optional(),
  done: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
})

export const renewal = new Elysia({ name: 'developer/renewal' })
  .use(access)
  .get(
    '/developer/renewal',
    async ({ staff, query }) => {
      const place = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
      const { id, name } = place.chosen
      const { documents, coverage, estimate, rereading, today, yearAgo } = await readRenewal(staff.scope, id)
      return RenewalPage({
        shell: shellOf(place),
        developmentId: id,
        developmentName: name,
        estimate,
        rereading,
        today: noon(today),
        yearAgo: noon(yearAgo),
        documents: documents.map(viewOf),
        coverage: {
          ...coverage,
          lines: coverage.lines.map(({ gapsNow, ...line }) => ({
            ...line,
            missing: gapsNow.map((kind) => kindLabel(kind as DocumentKind)),
          })),
        },
        message:
          query.done && `${count(Number(query.done), 'document')} will be read again, one after the other.`,
      })
    },
    { forStaff: 'developer', query: pageQuery, detail: { hide: true } },
  )
  .post(
    '/developer/renewal/reingestion',
    async ({ staff, query: { development }, request }) => {
      const begun = await rereadDocuments(staff.scope, development)
      return seeOther(request, paths.developer.renewal({ development, done: String(begun) }))
    },
    { forStaff: 'developer', query: z.object({ development: z.uuid() }), detail: { hide: true } },
  )

const noon = (day: string) => new Date(`${day}T12:00:00Z`)

const viewOf = (row: RenewalDocument): RenewalDocumentView => ({
  id: row.id,
  title: row.title,
  kindLabel: kindLabel(row.kind as DocumentKind),
  homeAddress: row.homeAddress,
  houseTypes: row.houseTypeCodes,
  change: row.change,
  expiry: row.expiry,
  now: { number: row.number, pages: row.pageCount, on: noon(row.readyOn) },
  before:
    row.thenNumber === null
      ? null
      : {
          number: row.thenNumber,
          pages: row.thenPageCount,
          on: row.thenReadyOn ? noon(row.thenReadyOn) : null,
        },
  expiresOn: row.expiresOn ? noon(row.expiresOn) : null,
})
