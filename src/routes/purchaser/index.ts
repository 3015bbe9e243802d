// The app of a home: every page that its household opens.
import { type AnyElysia, Elysia } from 'elysia'
import { answers } from './answers.ts'
import { chat } from './chat.ts'
import { checklists } from './checklists.ts'
import { documents } from './documents.ts'
import { home } from './home.ts'
import { logo } from './logo.ts'
import { maintenance } from './maintenance.ts'
import { map } from './map.ts'
import { movingOn } from './moving-on.ts'
import { mustRead } from './must-read.ts'
import { myData } from './my-data.ts'
import { notices } from './notices.ts'
import { preferences } from './preferences.ts'
import { responsibilities } from './responsibilities.ts'
import { snags } from './snags.ts'
import { welcome } from './welcome.ts'

/** Typed as any plugin: nobody reads the types of pages, and all of them in one are more than the compiler bears. */
export const purchaserPages: AnyElysia = new Elysia({ name: 'purchaser' })
  .use(welcome)
  .use(mustRead)
  .use(chat)
  .use(answers)
  .use(documents)
  .use(home)
  .use(map)
  .use(snags)
  .use(maintenance)
  .use(checklists)
  .use(notices)
  .use(responsibilities)
  .use(myData)
  .use(movingOn)
  .use(preferences)
  .use(logo)
