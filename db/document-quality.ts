// What the pages of a version tell of its quality.
import { sql } from 'drizzle-orm'
import { documentVersions } from './schema/index.ts'

/** A page with fewer characters is the picture of one: a scan, or a drawing without words. */
const PAGE_CHARACTERS_MIN = 10

/** Of a version that is ready; 0 while it is not. */
export const pagesWithoutText = sql<number>`case when ${documentVersions.status} = 'ready' then greatest(
  coalesce(${documentVersions.pageCount}, 0) - (select count(*)::int from document_pages p
    where p.tenant_id = ${documentVersions.tenantId} and p.version_id = ${documentVersions.id}
      and p.reading = ${documentVersions.reading} and length(p.content) >= ${PAGE_CHARACTERS_MIN}::int), 0) else 0 end`
