// Snags of this home: what was reported, where each stands, and the form to report one.

import { count, formatDate, formatDateTime } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Badge, Card, CardForm, EmptyState } from '#views/parts/card.tsx'
import { FileField, Select, TextArea } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { LinkItem } from '#views/parts/link-item.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import {
  SNAG_CATEGORIES,
  SNAG_ROOMS,
  SNAG_STATUSES,
  type SnagCategoryKey,
  type SnagStatusKey,
  snagAge,
} from '#views/snag-words.ts'
import { tenureWords } from '#views/tenure-words.ts'

export type SnagView = {
  id: string
  room: string
  category: SnagCategoryKey
  description: string
  status: SnagStatusKey
  reportedAt: Date
  closedAt: Date | null
  photoUrl: string | null
}

export type SnagStep = { status: SnagStatusKey; note: string | null; at: Date }

export type SnagsProps = { shell: PurchaserShell; snags: SnagView[]; now: Date; isReported: boolean }

export const SnagsPage = ({ shell, snags, now, isReported }: SnagsProps) => (
  <PurchaserPage title={tenureWords(shell.tenure).repairs} shell={shell} tab="home">
    <div class="page">
      <BackLink href={paths.myHome()}>Your home</BackLink>
      <header class="home-header">
        <h1>{tenureWords(shell.tenure).repairs}</h1>
        <p class="lead">
          What is not right in your home, and what {tenureWords(shell.tenure).yours} does about it.
        </p>
      </header>
      {isReported && (
        <Notice tone="success">Thank you. {tenureWords(shell.tenure).Yours} can see it now.</Notice>
      )}
      <p>
        <ButtonLink href={paths.newSnag()} tone="gold" icon="plus">
          Report a {tenureWords(shell.tenure).repair}
        </ButtonLink>
      </p>
      {snags.length === 0 ? (
        <EmptyState icon="check" title="Nothing reported">
          A door that sticks, a crack, a tap that drips: report it here and follow what happens.
        </EmptyState>
      ) : (
        <ul class="document-list">
          {snags.map((snag) => (
            <LinkItem
              href={paths.snag(snag.id)}
              title={`${snag.room}: ${SNAG_CATEGORIES[snag.category]}`}
              after={<Icon name="chevronRight" />}
            >
              <span class="document-meta">{clockOf(snag, now)}</span>
              <StatusBadge status={snag.status} />
            </LinkItem>
          ))}
        </ul>
      )}
    </div>
  </PurchaserPage>
)

function clockOf({ reportedAt, closedAt }: SnagView, now: Date): string {
  const { days } = snagAge(reportedAt, closedAt ?? now)
  const reported = `Reported ${formatDate(reportedAt)}`
  if (closedAt) return `${reported} · closed ${formatDate(closedAt)}`
  return days === 0 ? `${reported} · today` : `${reported} · open for ${count(days, 'day')}`
}

export const StatusBadge = ({ status }: { status: SnagStatusKey }) => (
  <Badge tone={SNAG_STATUSES[status].tone}>{SNAG_STATUSES[status].label}</Badge>
)

const BackLink = ({ href, children }: { href: string; children: string }) => (
  <a class="back-link" href={href}>
    <Icon name="chevronLeft" /> {children}
  </a>
)

export type SnagProps = { shell: PurchaserShell; snag: SnagView; steps: SnagStep[]; now: Date }

export const SnagPage = ({ shell, snag, steps, now }: SnagProps) => (
  <PurchaserPage title="Snag" shell={shell} tab="home">
    <div class="page">
      <BackLink href={paths.snags()}>Snags</BackLink>
      <header class="home-header">
        <p class="eyebrow">{SNAG_CATEGORIES[snag.category]}</p>
        <h1>{snag.room}</h1>
        <StatusBadge status={snag.status} />
        <p class="hint">{clockOf(snag, now)}</p>
      </header>
      <SnagBody snag={snag} />
      <Card title="What happened since">
        <SnagHistory steps={steps} reportedAt={snag.reportedAt} />
      </Card>
    </div>
  </PurchaserPage>
)

export const SnagBody = ({ snag }: { snag: SnagView }) => (
  <Card className="snag-body">
    <p class="snag-words">{snag.description}</p>
    <SnagPhoto {...snag} />
  </Card>
)

export const SnagPhoto = ({ photoUrl, room }: { photoUrl: string | null; room: string }) =>
  photoUrl === null ? (
    <Fragment />
  ) : (
    <a href={photoUrl}>
      <img class="snag-photo" src={photoUrl} alt={`What was reported in: ${room}`} loading="lazy" />
    </a>
  )

export const SnagHistory = ({ steps, reportedAt }: { steps: SnagStep[]; reportedAt: Date }) => (
  <ol class="record-list">
    <li>
      <strong>Reported</strong>
      <small>{formatDateTime(reportedAt)}</small>
    </li>
    {steps.map((step) => (
      <li>
        <strong>{SNAG_STATUSES[step.status].label}</strong>
        {step.note && <p class="snag-words">{step.note}</p>}
        <small>{formatDateTime(step.at)}</small>
      </li>
    ))}
  </ol>
)

export type SnagFormProps = {
  shell: PurchaserShell
  values: { room: string; category: string; description: string }
  /** The same form sent twice is one report. */
  formKey: string
  errors: { room?: string; category?: string; description?: string; photo?: string }
}

export const SnagFormPage = ({ shell, values, errors, formKey }: SnagFormProps) => (
  <PurchaserPage title="Report a snag" shell={shell} tab="home">
    <div class="page">
      <BackLink href={paths.snags()}>Snags</BackLink>
      <h1>Report a snag</h1>
      <Notice tone="warning">
        <p>
          Gas, fire, water pouring in or no power? Do not wait for an answer here:{' '}
          <a href={paths.myHome()}>see who to call</a>.
        </p>
      </Notice>
      <CardForm action={paths.snags()} hasFiles>
        <input type="hidden" name="form_key" value={formKey} />
        <Select
          label="Where is it?"
          name="room"
          options={[
            { value: '', label: 'Choose a room' },
            ...SNAG_ROOMS.map((room) => ({ value: room, label: room })),
          ]}
          value={values.room}
          error={errors.room}
        />
        <Select
          label="What is it about?"
          name="category"
          options={[
            { value: '', label: 'Choose one' },
            ...Object.entries(SNAG_CATEGORIES).map(([value, label]) => ({ value, label })),
          ]}
          value={values.category}
          error={errors.category}
        />
        <TextArea
          label="What is wrong?"
          name="description"
          hint="When did you notice it? Does it get worse?"
          value={values.description}
          error={errors.description}
          maxlength={2000}
          required
        />
        <FileField
          label="A photo, if you like"
          name="photo"
          accept="image/jpeg,image/png,image/webp"
          hint="JPEG, PNG or WebP, up to 10 MB. Where and when it was taken is removed from it."
          error={errors.photo}
        />
        <Button>Send to {tenureWords(shell.tenure).theirs}</Button>
      </CardForm>
    </div>
  </PurchaserPage>
)
