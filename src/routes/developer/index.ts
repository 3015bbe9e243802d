// The builder's portal, one instance for all its pages.
import { Elysia } from 'elysia'
import { contractorLinks } from './contractor-links.ts'
import { coverage } from './coverage.ts'
import { document } from './document.ts'
import { documentVersions } from './document-versions.ts'
import { documents } from './documents.ts'
import { home } from './home.ts'
import { homeCards } from './home-cards.ts'
import { homes } from './homes.ts'
import { imports } from './imports.ts'
import { insights } from './insights.ts'
import { jobs } from './jobs.ts'
import { knowledge } from './knowledge.ts'
import { notices } from './notices.ts'
import { questions } from './questions.ts'
import { reindex } from './reindex.ts'
import { responsibilities } from './responsibilities.ts'
import { settings } from './settings/index.ts'
import { snags } from './snags.ts'
import { supportAccess } from './support-access.ts'
import { testConsole } from './test-console.ts'
import { today } from './today.ts'
import { uploadTray } from './upload-tray.ts'

export const developer = new Elysia({ name: 'developer' })
  .use(today)
  .use(insights)
  .use(homes)
  .use(questions)
  .use(knowledge)
  .use(testConsole)
  .use(imports)
  .use(home)
  .use(homeCards)
  .use(documents)
  .use(document)
  .use(documentVersions)
  .use(uploadTray)
  .use(coverage)
  .use(reindex)
  .use(snags)
  .use(contractorLinks)
  .use(responsibilities)
  .use(notices)
  .use(jobs)
  .use(settings)
  .use(supportAccess)
