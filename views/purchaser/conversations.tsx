// Earlier conversations of this person, the newest first.

import { formatDateTime } from '#views/format.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { LinkItem } from '#views/parts/link-item.tsx'
import { paths } from '#views/paths.ts'

export type ConversationsProps = {
  shell: PurchaserShell
  conversations: { title: string; at: Date; url: string }[]
}

export const ConversationsPage = ({ shell, conversations }: ConversationsProps) => (
  <PurchaserPage title="Conversations" shell={shell} tab="chat">
    <div class="page">
      <a class="back-link" href={paths.home()}>
        <Icon name="chevronLeft" /> Chat
      </a>
      <h1>Conversations</h1>
      <p>
        <ButtonLink href={paths.home()} small>
          New conversation
        </ButtonLink>
      </p>
      {conversations.length === 0 ? (
        <EmptyState icon="chat" title="Nothing asked yet">
          Your questions and their answers are kept here.
        </EmptyState>
      ) : (
        <ul class="document-list">
          {conversations.map((conversation) => (
            <LinkItem href={conversation.url} icon="chat" title={conversation.title}>
              <span class="document-meta">{formatDateTime(conversation.at)}</span>
            </LinkItem>
          ))}
        </ul>
      )}
    </div>
  </PurchaserPage>
)
