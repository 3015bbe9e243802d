// What happened to a home, newest first. How many questions, never which.
import { count, formatDate, formatDateTime } from '#views/format.ts'
import { Card } from '#views/parts/card.tsx'
import type { TenureWords } from '#views/tenure-words.ts'

export type HomeEventView = {
  kind:
    | 'handed_over'
    | 'card_printed'
    | 'claimed'
    | 'scan'
    | 'questions'
    | 'documents'
    | 'changed'
    | 'code_shown'
    | 'code_rotated'
    | 'link_rotated'
    | 'repaired'
    | 'transfer_started'
    | 'transfer_withdrawn'
    | 'transfer_confirmed'
    | 'transferred'
  at: Date
  count: number
  /** Of a scan. */
  outcome: string | null
  /** For those who may see it. */
  ipAddress: string | null
}

const SCAN: Record<string, string> = {
  opened: 'The printed link was opened',
  wrong_code: 'A wrong code was typed',
  limited: 'Too many wrong codes',
  claimed: 'A phone joined with the code',
  unknown_link: 'An old link was opened',
}

const WORDS: Record<HomeEventView['kind'], (event: HomeEventView) => string> = {
  handed_over: () => 'Handed over',
  card_printed: () => 'Card printed',
  claimed: () => 'App opened for the first time',
  scan: ({ outcome }) => SCAN[outcome ?? ''] ?? 'The printed link was opened',
  questions: (event) => `${count(event.count, 'question')} asked`,
  documents: (event) => `${count(event.count, 'document')} opened`,
  changed: () => 'Details corrected',
  code_shown: () => 'Access code shown to staff',
  code_rotated: () => 'New access code',
  link_rotated: () => 'New link',
  repaired: () => 'Household or house type corrected',
  transfer_started: () => 'Moving on was started',
  transfer_withdrawn: () => 'Moving on was withdrawn',
  transfer_confirmed: () => 'Moving on was confirmed by both: access ended, new link and code',
  transferred: () => 'Handed to the next owner',
}

/** Of these only the day is known, or the day is what counts. */
const BY_DAY = new Set<HomeEventView['kind']>(['handed_over', 'questions', 'documents'])

export const HomeTimeline = ({ events, words }: { events: HomeEventView[]; words: TenureWords }) => (
  <Card title="Timeline" id="timeline">
    {events.length === 0 ? (
      <p>{`Nothing has happened yet: not ${words.movedInLower}, and the card is not printed.`}</p>
    ) : (
      <ol class="timeline">
        {events.map((event) => (
          <li>
            <time datetime={event.at.toISOString()}>
              {BY_DAY.has(event.kind) ? formatDate(event.at) : formatDateTime(event.at)}
            </time>
            <span>
              {event.kind === 'handed_over' ? words.movedIn : WORDS[event.kind](event)}
              {event.ipAddress && <small>{`from ${event.ipAddress}`}</small>}
            </span>
          </li>
        ))}
      </ol>
    )}
  </Card>
)
