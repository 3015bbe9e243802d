// The builder's first page: how many homes are in, what is being processed, what nobody could answer.
import { formatNumber } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { Card, EmptyState, FigureCard } from '#views/parts/card.tsx'
import { paths } from '#views/paths.ts'

export type TodayFigure = { count: number; url: string }

export type TodayProps = {
  shell: StaffShell
  developmentName: string
  homes: TodayFigure
  claimedHomes: TodayFigure
  documents: { ready: TodayFigure; processing: TodayFigure; failed: TodayFigure }
  unanswered: TodayFigure
  /** The questions asked most often without an answer, the most frequent first. */
  openQuestions: { question: string; homes: number; url: string }[]
}

export const TodayPage = (props: TodayProps) => {
  const { homes, claimedHomes, documents, unanswered } = props
  const share =
    homes.count > 0 ? `${Math.round((100 * claimedHomes.count) / homes.count)}% of homes` : undefined
  return (
    <StaffPage title="Today" shell={props.shell} active="today" switchAction={paths.developer.today()}>
      <header class="staff-header">
        <p class="eyebrow">{props.developmentName}</p>
        <h1>Today</h1>
      </header>
      <section class="figures" aria-label="Key figures">
        <FigureCard label="Homes" value={formatNumber(homes.count)} href={homes.url} />
        <FigureCard
          label="Claimed"
          value={formatNumber(claimedHomes.count)}
          note={share}
          href={claimedHomes.url}
        />
        <FigureCard
          label="Documents ready"
          value={formatNumber(documents.ready.count)}
          note={
            documents.processing.count > 0
              ? `${formatNumber(documents.processing.count)} processing`
              : undefined
          }
          href={documents.ready.url}
        />
        <FigureCard
          label="Documents failed"
          value={formatNumber(documents.failed.count)}
          note={documents.failed.count > 0 ? 'Need a new upload' : undefined}
          href={documents.failed.url}
          alert={documents.failed.count > 0}
        />
        <FigureCard
          label="Unanswered questions"
          value={formatNumber(unanswered.count)}
          href={unanswered.url}
          alert={unanswered.count > 0}
        />
      </section>
      <OpenQuestions {...props} />
    </StaffPage>
  )
}

const OpenQuestions = ({ openQuestions, documents }: TodayProps) => (
  <Card title="Waiting for an answer" id="unanswered">
    {openQuestions.length > 0 ? (
      <ol class="question-list">
        {openQuestions.map((item) => (
          <li>
            <a href={item.url}>{item.question}</a>
            <span class="question-homes">
              {formatNumber(item.homes)} {item.homes === 1 ? 'home' : 'homes'}
            </span>
          </li>
        ))}
      </ol>
    ) : documents.ready.count === 0 ? (
      <EmptyState
        icon="upload"
        title="Start with the documents"
        action={
          <ButtonLink href={documents.ready.url} icon="upload">
            Upload documents
          </ButtonLink>
        }
      >
        The chat answers from what you upload: user guide, floor plans, warranties.
      </EmptyState>
    ) : (
      <EmptyState icon="check" title="Nothing is waiting">
        Every question so far has had an answer.
      </EmptyState>
    )}
  </Card>
)

/** For somebody to whom no development has been granted yet. */
export const NoDevelopmentPage = ({ shell }: { shell: StaffShell }) => (
  <StaffPage title="Today" shell={shell} active="today">
    <h1>Today</h1>
    <EmptyState icon="home" title="No development yet">
      Nobody has granted you a development so far. Ask an administrator of your company to do it.
    </EmptyState>
  </StaffPage>
)
