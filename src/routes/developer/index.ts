// The builder's portal, one instance for all its pages.
import { type AnyElysia, Elysia } from 'elysia'
import { acknowledgements } from './acknowledgements.ts'
import { checklists } from './checklists.ts'
import { contractorLinks } from './contractor-links.ts'
import { coverage } from './coverage.ts'
import { document } from './document.ts'
import { documentVersions } from './document-versions.ts'
import { documents } from './documents.ts'
import { golden } from './golden.ts'
import { home } from './home.ts'
import { homeCards } from './home-cards.ts'
import { homeTransfers } from './home-transfers.ts'
import { homeowners } from './homeowners.ts'
import { homes } from './homes.ts'
import { imports } from './imports.ts'
import { insights } from './insights.ts'
import { jobs } from './jobs.ts'
import { knowledge } from './knowledge.ts'
import { listExports } from './list-exports.ts'
import { maintenance } from './maintenance.ts'
import { notices } from './notices.ts'
import { places } from './places.ts'
import { questions } from './questions.ts'
import { reindex } from './reindex.ts'
import { renewal } from './renewal.ts'
import { responsibilities } from './responsibilities.ts'
import { settings } from './settings/index.ts'
import { siteMap } from './site-map.ts'
import { snags } from './snags.ts'
import { supportAccess } from './support-access.ts'
import { testConsole } from './test-console.ts'
import { today } from './today.ts'
import { uploadTray } from './upload-tray.ts'
import { whatsNew } from './whats-new.ts'

/** Nobody needs the types of all its routes at once, and the compiler gives up on so many. */
export const developer: AnyElysia = new Elysia({ name: 'developer' })
  .use(today)
  .use(insights)
  .use(homes)
  .use(questions)
  .use(knowledge)
  .use(testConsole)
  .use(golden)
  .use(imports)
  .use(home)
  .use(homeCards)
  .use(homeTransfers)
  .use(documents)
  .use(document)
  .use(documentVersions)
  .use(acknowledgements)
  .use(uploadTray)
  .use(coverage)
  .use(reindex)
  .use(snags)
  .use(contractorLinks)
  .use(responsibilities)
  .use(maintenance)
  .use(checklists)
  .use(notices)
  .use(jobs)
  .use(settings)
  .use(supportAccess)
  .use(homeowners)
  .use(listExports)
  .use(places)
  .use(siteMap)
  .use(renewal)
  .use(whatsNew)
