// Which documents the house types of a development lack.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { CoveragePage } from '#views/developer/coverage.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { kindLabel } from '#views/document-kinds.ts'
import { access } from '../../access/access.ts'
import { EXPECTED_KINDS, readCoverage } from '../../documents/coverage.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

export const coverage = new Elysia({ name: 'developer/coverage' }).use(access).get(
  '/developer/coverage',
  async ({ staff, query }) => {
    const place = await portalPlace(staff.scope, staff.staffId, query.development)
    if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
    const { id, name } = place.chosen
    return CoveragePage({
      shell: shellOf(place),
      developmentId: id,
      developmentName: name,
      kinds: EXPECTED_KINDS.map((kind) => ({ kind, label: kindLabel(kind) })),
      ...(await readCoverage(staff.scope, id)),
    })
  },
  { forStaff: 'developer', query: z.object({ development: z.uuid().optional() }), detail: { hide: true } },
)
