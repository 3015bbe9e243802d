// The answers a person kept, the newest first, each leading to where it was given.

import { formatDate } from '#views/format.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { LinkItem } from '#views/parts/link-item.tsx'
import { paths } from '#views/paths.ts'

export type SavedProps = {
  shell: PurchaserShell
  answers: { question: string; excerpt: string; savedAt: Date; url: string }[]
}

export const SavedPage = ({ shell, answers }: SavedProps) => (
  <PurchaserPage title="Saved answers" shell={shell} tab="chat">
    <div class="page">
      <a class="back-link" href={paths.home()}>
        <Icon name="chevronLeft" /> Chat
      </a>
      <h1>Saved answers</h1>
      {answers.length === 0 ? (
        <EmptyState icon="bookmark" title="Nothing saved yet">
          “Save” under an answer keeps it here.
        </EmptyState>
      ) : (
        <ul class="document-list">
          {answers.map((answer) => (
            <LinkItem href={answer.url} icon="chat" title={answer.question}>
              <span class="document-meta">{answer.excerpt}</span>
              <span class="document-meta">Saved {formatDate(answer.savedAt)}</span>
            </LinkItem>
          ))}
        </ul>
      )}
    </div>
  </PurchaserPage>
)
