// What is recorded about this home: never a value that is not, and always how sure it is.

import { count, keepUnits } from '#views/format.ts'
import type { Child } from '#views/jsx-runtime.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { Card, EmptyState } from '#views/parts/card.tsx'
import { Icon, type IconName } from '#views/parts/icon.tsx'
import { LinkItem } from '#views/parts/link-item.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import { type Contact, Contacts } from '#views/purchaser/contacts.tsx'
import { tenureWords } from '#views/tenure-words.ts'

export type Fact = {
  label: string
  value: string /** e.g. "typical of your house type"; null when recorded for this home. */
  note: string | null
}
export type FactGroup = { title: string; facts: Fact[] }

export type HomeProps = {
  shell: PurchaserShell
  /** e.g. "3-bed detached, type BD01". */
  summary: string
  groups: FactGroup[]
  contacts: Contact[]
  /** While the home is being handed on: everybody of the household is to know. */
  handingOver: { awaitsYou: boolean } | null
  /** What is due next, in words. */
  maintenance: string
}

export const HomePage = ({ shell, summary, groups, contacts, handingOver, maintenance }: HomeProps) => (
  <PurchaserPage title="Your home" shell={shell} tab="home">
    <div class="page">
      <header class="home-header">
        <p class="eyebrow">{shell.developmentName}</p>
        <h1>{shell.address}</h1>
        <p class="lead">{summary}</p>
      </header>
      {handingOver && shell.tenure !== 'rent' && (
        <Notice tone="warning" title="This home is being handed on">
          <p>
            {handingOver.awaitsYou
              ? `${tenureWords(shell.tenure).Yours} has started it and waits for your household. `
              : `Your household has started it and waits for ${tenureWords(shell.tenure).yours}. `}
            <a href={paths.movingOn()}>See where it stands</a>
          </p>
        </Notice>
      )}
      <nav aria-label="Around your home">
        <ul class="document-list">
          <HomeLink href={paths.notices()} icon="notice" label="Notices">
            {shell.unreadNotices
              ? count(shell.unreadNotices, 'unread notice')
              : `Nothing new from ${tenureWords(shell.tenure).yours}`}
          </HomeLink>
          <HomeLink href={paths.snags()} icon="alert" label={tenureWords(shell.tenure).repairs}>
            Report what is not right, and follow it
          </HomeLink>
          {shell.tenure !== 'rent' && (
            <HomeLink href={paths.maintenance()} icon="clock" label="Warranties and maintenance">
              {maintenance}
            </HomeLink>
          )}
          <HomeLink href={paths.checklists()} icon="check" label="Checklists">
            Handover and moving in
          </HomeLink>
          <HomeLink href={paths.responsibilities()} icon="question" label="Who looks after this?">
            The green, the lights, the walls
          </HomeLink>
          {shell.tenure !== 'rent' && (
            <HomeLink href={paths.movingOn()} icon="key" label="Moving on">
              Hand the home’s record to its next owner
            </HomeLink>
          )}
        </ul>
      </nav>
      {groups.length === 0 && (
        <EmptyState icon="home" title="Nothing recorded yet">
          {tenureWords(shell.tenure).Yours} has not recorded facts about your home so far. The chat can still
          look into your documents.
        </EmptyState>
      )}
      {groups.map((group) => (
        <FactCard group={group} />
      ))}
      {contacts.length > 0 && (
        <Card
          title="Who to call"
          actions={
            <a class="card-link" href={paths.emergency()}>
              Emergency card
            </a>
          }
        >
          <Contacts contacts={contacts} />
        </Card>
      )}
    </div>
  </PurchaserPage>
)

type HomeLinkProps = { href: string; icon: IconName; label: string; children: Child }

const HomeLink = ({ href, icon, label, children }: HomeLinkProps) => (
  <LinkItem href={href} icon={icon} title={label} after={<Icon name="chevronRight" />}>
    <span class="document-meta">{children}</span>
  </LinkItem>
)

/** A note that every fact of a group shares is said once. */
const FactCard = ({ group }: { group: FactGroup }) => {
  const [first, ...others] = group.facts
  const shared =
    first && others.length > 0 && others.every((fact) => fact.note === first.note) ? first.note : null
  return (
    <Card title={group.title}>
      {shared && <p class="hint">{shared}</p>}
      <dl class="facts">
        {group.facts.map((fact) => (
          <div class="fact">
            <dt>{fact.label}</dt>
            <dd>
              {keepUnits(fact.value)}
              {fact.note && !shared && <small class="fact-note">{fact.note}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
