// Who looks after what around the home.
import { Elysia } from 'elysia'
import { ResponsibilitiesPage } from '#views/purchaser/responsibilities.tsx'
import { access } from '../../access/access.ts'
import { homeOf } from '../../homes.ts'
import { responsibilitiesNear } from '../../responsibilities.ts'
import { shellOf } from './present.ts'

export const responsibilities = new Elysia({ name: 'purchaser/responsibilities' }).use(access).get(
  '/responsibilities',
  async ({ purchaser }) => {
    const [home, rows] = await Promise.all([homeOf(purchaser.scope), responsibilitiesNear(purchaser.scope)])
    const things = rows.map((row) => ({ ...row, evidenceOn: new Date(`${row.evidenceOn}T12:00:00Z`) }))
    return ResponsibilitiesPage({ shell: shellOf(home), things })
  },
  { forPurchaser: true, detail: { hide: true } },
)
