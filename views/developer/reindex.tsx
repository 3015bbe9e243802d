// The search index of a development: which vectors it uses, and what making others would cost.

import { formatEuro, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Card, Progress } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { waitingAttributes } from '#views/parts/live.tsx'
import { paths } from '#views/paths.ts'

export type ReindexView = {
  developmentId: string
  /** Null: no language model is set up, searches use words alone. */
  estimate: {
    target: string
    current: string | null
    chunks: number
    chunksToEmbed: number
    tokens: number
    costEur: number
    progress: { stage: string; done: number; total: number } | null
    /** The golden suite with the new index; null when it has not been asked, or the index is in use. */
    review: {
      passed: number
      passedBefore: number
      total: number
      isWaiting: boolean
      isRejected: boolean
    } | null
  } | null
}

export const ReindexPage = (props: { shell: StaffShell; developmentName: string; reindex: ReindexView }) => (
  <StaffPage
    title="Search index"
    shell={props.shell}
    active="documents"
    switchAction={paths.developer.reindex()}
  >
    <header class="staff-header">
      <a class="back-link" href={paths.developer.documents({ development: props.reindex.developmentId })}>
        <Icon name="chevronLeft" /> Documents
      </a>
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Search index</h1>
    </header>
    <ReindexState reindex={props.reindex} />
  </StaffPage>
)

export const ReindexState = ({ reindex: { developmentId, estimate } }: { reindex: ReindexView }) => {
  const url = paths.developer.reindex({ development: developmentId })
  const polling = estimate?.progress ? waitingAttributes(url) : {}
  return (
    <div id="reindex" class="stack" {...polling}>
      {estimate ? (
        <Fragment>
          <Estimate {...estimate} />
          {estimate.review && !estimate.progress && (
            <Review {...estimate.review} developmentId={developmentId} />
          )}
          {estimate.progress ? (
            <Card title="Re-indexing">
              <Progress label="Re-indexing" done={estimate.progress.done} total={estimate.progress.total} />
              <p class="stage">
                {STAGES[estimate.progress.stage] ?? 'Embedding passages'}:{' '}
                {formatNumber(estimate.progress.done)} of {formatNumber(estimate.progress.total)}. Answers use
                the old index until the new one is whole.
              </p>
            </Card>
          ) : (
            <form method="post" action={url}>
              <Button icon="refresh">Re-index</Button>
            </form>
          )}
        </Fragment>
      ) : (
        <Card>
          <p>No language model is set up on this server: documents are searched by their words alone.</p>
        </Card>
      )}
    </div>
  )
}

const Estimate = (estimate: NonNullable<ReindexView['estimate']>) => (
  <Card title="What a re-index would do">
    <dl class="job-states">
      <Figure label="Used now" value={estimate.current ?? 'Words alone'} />
      <Figure label="Would be used" value={estimate.target} />
      <Figure label="Passages" value={formatNumber(estimate.chunks)} />
      <Figure label="To be embedded" value={formatNumber(estimate.chunksToEmbed)} />
      <Figure label="Tokens, about" value={formatNumber(estimate.tokens)} />
      <Figure label="Cost, about" value={formatEuro(estimate.costEur)} />
    </dl>
    <p class="stage">Text that has not changed since it was last embedded is not embedded again.</p>
  </Card>
)

const STAGES: Record<string, string> = {
  asking_before: 'Golden questions with the index in use',
  asking_after: 'Golden questions with the new index',
}

const Review = (review: {
  passed: number
  passedBefore: number
  total: number
  isWaiting: boolean
  isRejected: boolean
  developmentId: string
}) => (
  <Card title={review.isWaiting ? 'Waiting for your decision' : 'Golden questions'}>
    <p>
      As expected with the index in use: {formatNumber(review.passedBefore)} of {formatNumber(review.total)}.
      With the new one: {formatNumber(review.passed)}.
      {review.isRejected && ' It was decided to keep the index in use; a re-index asks again.'}
    </p>
    <p>
      <a href={paths.developer.golden({ development: review.developmentId })}>
        {review.isWaiting ? 'See what would be lost, and decide' : 'All golden questions'}
      </a>
    </p>
  </Card>
)

const Figure = ({ label, value }: { label: string; value: string }) => (
  <div class="job-state">
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)
