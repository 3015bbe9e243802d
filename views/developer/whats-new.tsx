// What is new in OpenHouse, as its operator wrote it.
import { formatDate } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Card, EmptyState } from '#views/parts/card.tsx'

export type ReleaseNoteView = { id: string; title: string; body: string; createdAt: Date }

export const WhatsNewPage = ({ shell, notes }: { shell: StaffShell; notes: ReleaseNoteView[] }) => (
  <StaffPage title="What’s new" shell={shell} active="whats-new">
    <header class="staff-header">
      <h1>What’s new</h1>
    </header>
    {notes.length === 0 ? (
      <EmptyState icon="notice" title="Nothing yet">
        News about OpenHouse appears here.
      </EmptyState>
    ) : (
      <div class="stack">
        {notes.map((note) => (
          <Card title={note.title} id={`note-${note.id}`}>
            <p class="eyebrow">{formatDate(note.createdAt)}</p>
            <ReleaseNoteText body={note.body} />
          </Card>
        ))}
      </div>
    )}
  </StaffPage>
)

/** Plain text; an empty line begins a paragraph. */
export const ReleaseNoteText = ({ body }: { body: string }) => (
  <div class="stack">
    {body
      .split(/\n\s*\n/)
      .filter((text) => text.trim() !== '')
      .map((text) => (
        <p class="preserved">{text}</p>
      ))}
  </div>
)
