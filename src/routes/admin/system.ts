// How the system is doing; the same address answers the part alone when the page asks for it again.
import { Elysia } from 'elysia'
import { SystemLoad, SystemPage } from '#views/admin/system.tsx'
import { access } from '../../access/access.ts'
import { readSystemLoad } from '../../system-load.ts'
import { hidden, shellFor } from './present.ts'

export const system = new Elysia({ name: 'admin/system' }).use(access).get(
  '/admin/system',
  async ({ superAdmin, request }) => {
    const load = await readSystemLoad(superAdmin.scope)
    if (request.headers.get('hx-request-type') === 'partial') return SystemLoad({ load })
    return SystemPage({ shell: await shellFor(superAdmin), load })
  },
  hidden,
)
