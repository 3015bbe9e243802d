// Statements about what people want to be told: their choices, and whom a mail may reach.
import { eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { isAddressedTo } from './notices.ts'
import type { Person } from './person-data.ts'
import type { Notification, NotificationTopic } from './schema/preferences.ts'
import { personPreferences } from './schema/preferences.ts'

export type { Notification, NotificationTopic } from './schema/preferences.ts'

export type Preferences = { language: string | null; muted: Notification[] }

export async function preferencesOf(db: Db, readerId: string): Promise<Preferences | null> {
  const [row] = await db
    .select({ language: personPreferences.language, muted: personPreferences.muted })
    .from(personPreferences)
    .where(eq(personPreferences.readerId, readerId))
    .limit(1)
  return row ?? null
}

export async function setPreferences(
  db: Db,
  row: { tenantId: string; unitId: string; readerId: string } & Preferences,
): Promise<void> {
  const { unitId, language, muted } = row
  await db
    .insert(personPreferences)
    .values(row)
    .onConflictDoUpdate({
      target: [personPreferences.tenantId, personPreferences.readerId],
      set: { unitId, language, muted, updatedAt: sql`now()` },
    })
}

/** What a browser asks for when it opens the home first; never over what somebody chose. */
export async function insertFirstLanguage(
  db: Db,
  row: { tenantId: string; unitId: string; readerId: string; language: string },
): Promise<void> {
  await db.insert(personPreferences).values(row).onConflictDoNothing()
}

export const preferencesOfReader = (db: Db, readerId: string) =>
  db
    .select({
      language: personPreferences.language,
      muted: personPreferences.muted,
      updatedAt: personPreferences.updatedAt,
    })
    .from(personPreferences)
    .where(eq(personPreferences.readerId, readerId))
    .limit(1)

export async function deletePreferences(db: Db, readerId: string): Promise<number> {
  const rows = await db
    .delete(personPreferences)
    .where(eq(personPreferences.readerId, readerId))
    .returning({ readerId: personPreferences.readerId })
  return rows.length
}

export async function emailOfPerson(db: Db, { unitId, purchaserId }: Person): Promise<string | null> {
  const [row] = await db.execute<{ email: string | null }>(
    sql`select email from purchasers where unit_id = ${unitId} and id = ${purchaserId}::uuid limit 1`,
  )
  return row?.email ?? null
}

/** `p` is a purchaser: has an address, and does not mind. */
const isReachable = (topic: NotificationTopic) => sql`p.email is not null and not exists (
  select from person_preferences c where c.tenant_id = p.tenant_id and c.reader_id = p.id
    and ${`mail:${topic}`} = any(c.muted))`

export type Recipient = Person & { purchaserId: string; email: string }

/** Whoever asked what a gap was left by, in the app. */
export async function askerOfGap(db: Db, gapId: string): Promise<(Recipient & { question: string }) | null> {
  const [row] = await db.execute<Recipient & { question: string }>(sql`
    select p.unit_id as "unitId", p.id as "purchaserId", p.email, m.question from gaps g
    join messages m on m.tenant_id = g.tenant_id and m.id = g.message_id
    join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id and c.origin = 'app'
    join purchasers p on p.tenant_id = c.tenant_id and p.unit_id = c.unit_id and p.id = c.purchaser_id
    where g.id = ${gapId} and ${isReachable('answers')} limit 1`)
  return row ?? null
}

export async function reporterOfSnag(db: Db, snagId: string): Promise<(Recipient & { room: string }) | null> {
  const [row] = await db.execute<Recipient & { room: string }>(sql`
    select p.unit_id as "unitId", p.id as "purchaserId", p.email, s.room from snags s
    join purchasers p on p.tenant_id = s.tenant_id and p.unit_id = s.unit_id and p.id = s.purchaser_id
    where s.id = ${snagId} and ${isReachable('snags')} limit 1`)
  return row ?? null
}

/** Those on the contracts of the homes that a published notice is for, who have not read it yet; a page at a time. */
export const recipientsOfNotice = (
  db: Db,
  noticeId: string,
  page: { after: string | null; limit: number },
): Promise<(Recipient & { title: string; developmentName: string })[]> =>
  db.execute<Recipient & { title: string; developmentName: string }>(sql`
    select p.unit_id as "unitId", p.id as "purchaserId", p.email, n.title, d.name as "developmentName"
    from notices n
    join developments d on d.tenant_id = n.tenant_id and d.id = n.development_id
    join units u on u.tenant_id = n.tenant_id and u.development_id = n.development_id
    join purchasers p on p.tenant_id = u.tenant_id and p.unit_id = u.id
    where n.id = ${noticeId} and n.withdrawn_at is null and n.publish_at <= now()
      and ${isAddressedTo({ houseTypeId: sql`u.house_type_id`, phase: sql`u.phase` })}
      and not exists (select from notice_reads r where r.tenant_id = n.tenant_id and r.notice_id = n.id
        and r.reader_id = p.id)
      and ${isReachable('notices')}
      and (${page.after}::uuid is null or p.id > ${page.after}::uuid)
    order by p.id limit ${page.limit}`)
