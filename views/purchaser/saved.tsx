// The answers a person kept, the newest first, each leading to where it was given.
import { formatDate } from '#views/format.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'

export type SavedProps = {
  shell: PurchaserShell
  answers: { question: string; excerpt: string; savedAt: Date; url: string }[]
}

export const SavedPage = ({ shell, answers }: SavedProps) => (
  <PurchaserPage title="Saved answers" shell={shell} tab="chat">
    <div class="page">
      <h1>Saved answers</h1>
      {answers.length === 0 ? (
        <EmptyState icon="check" title="Nothing saved yet">
          “Save” under an answer keeps it here.
        </EmptyState>
      ) : (
        <ul class="document-list">
          {answers.map((answer) => (
            <li class="document-item">
              <a class="document-link" href={answer.url}>
                <span class="document-icon">
                  <Icon name="chat" />
                </span>
                <span class="document-text">
                  <strong>{answer.question}</strong>
                  <span class="document-meta">{answer.excerpt}</span>
                  <span class="document-meta">Saved {formatDate(answer.savedAt)}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  </PurchaserPage>
)
