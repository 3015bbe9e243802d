// What stands out of the last day.
import { Elysia } from 'elysia'
import { AnomaliesPage } from '#views/admin/anomalies.tsx'
import { access } from '../../access/access.ts'
import { findAnomalies } from '../../anomalies.ts'
import { hidden, shellFor } from './present.ts'

export const anomalies = new Elysia({ name: 'admin/anomalies' }).use(access).get(
  '/admin/anomalies',
  async ({ superAdmin }) => {
    const [shell, groups] = await Promise.all([shellFor(superAdmin), findAnomalies(superAdmin.scope)])
    return AnomaliesPage({ shell, groups })
  },
  hidden,
)
