// Earlier conversations of this person, the newest first.
import { formatDateTime } from '#views/format.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'

export type ConversationsProps = {
  shell: PurchaserShell
  conversations: { title: string; at: Date; url: string }[]
}

export const ConversationsPage = ({ shell, conversations }: ConversationsProps) => (
  <PurchaserPage title="Conversations" shell={shell} tab="chat">
    <div class="page">
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
            <li class="document-item">
              <a class="document-link" href={conversation.url}>
                <span class="document-icon">
                  <Icon name="chat" />
                </span>
                <span class="document-text">
                  <strong>{conversation.title}</strong>
                  <span class="document-meta">{formatDateTime(conversation.at)}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  </PurchaserPage>
)
