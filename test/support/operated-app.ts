// The app with an operator signed in, the key and a home of one builder, and a way to look past every wall.
import postgres from 'postgres'
import { signIn, startTestApp, type TestApp } from './app.ts'

export type OperatedApp = {
  app: TestApp
  /** The database as its owner sees it. */
  look: postgres.Sql
  operator: string
  key: string
  home: TestApp['demo']['homes'][number]
  tenantId: string
  stop(): Promise<void>
}

export async function startOperatedApp(): Promise<OperatedApp> {
  const app = await startTestApp()
  const look = postgres(app.database.superuserUrl, { max: 3, onnotice: () => {} })
  const operator = await signIn(app, app.demo.super_admin, '/admin')
  const [first] = app.demo.api_keys
  const home = app.demo.homes.find(({ tenant }) => tenant === first!.tenant)!
  const [row] = await look`select tenant_id from units where id = ${home.unit_id}`
  return {
    ...{ app, look, operator, key: first!.key, home, tenantId: row?.tenant_id },
    stop: async () => {
      await look.end()
      await app.stop()
    },
  }
}
