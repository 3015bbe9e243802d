// The builder's first page: who has moved in, what they ask, what nobody could answer, what is missing.
import { blankDevelopment, NewDevelopmentForm } from '#views/developer/new-development.tsx'
import { count, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState, FigureCard } from '#views/parts/card.tsx'
import { Chart } from '#views/parts/chart.tsx'
import { paths } from '#views/paths.ts'
import type { TenureWords } from '#views/tenure-words.ts'

/** A share in percent; null where there is nothing to have a share of. */
type Rate = { now: number | null; before: number | null }

export type TodayProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  words: TenureWords
  periodDays: number
  homes: { total: number; handedOver: number; handedOverClaimed: number }
  activation: Rate
  active: { thisWeek: number; lastWeek: number }
  answers: Rate & { answered: number; unanswered: number }
  waiting: { now: number; before: number }
  coverage: { now: number | null; gaps: number }
  mustRead: { now: number | null; acknowledged: number; required: number }
  documents: { total: number; ready: number; processing: number; failed: number }
  snags: { open: number; before: number; late: number; oldestDays: number | null; saidDone: number }
  funnel: { printed: number; scanned: number; claimed: number; asked: number }
  days: { label: string; activeHomes: number; questions: number }[]
  /** The questions that wait, the one of most homes first. */
  openQuestions: { question: string; homes: number; url: string }[]
}

export const TodayPage = (props: TodayProps) => (
  <StaffPage
    title="Today"
    shell={props.shell}
    active="today"
    switchAction={paths.developer.today()}
    scripts={props.homes.total > 0 ? ['charts.js'] : []}
  >
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Today</h1>
    </header>
    <FirstSteps {...props} />
    {props.homes.total > 0 && (
      <Fragment>
        <Figures {...props} />
        <Charts {...props} />
      </Fragment>
    )}
    <OpenQuestions {...props} />
  </StaffPage>
)

const percent = (value: number | null) => (value === null ? '–' : `${value}%`)

/** "Up 4 points on the 30 days before", "Same as the 7 days before". */
function changeOf({ now, before }: Rate, period: string, unit?: string): string | undefined {
  if (now === null || before === null) return undefined
  if (now === before) return `Same as the ${period}`
  const by = Math.abs(now - before)
  return `${now > before ? 'Up' : 'Down'} ${unit ? count(by, unit) : formatNumber(by)} on the ${period}`
}

const Figures = (props: TodayProps) => {
  const {
    developmentId: development,
    homes,
    active,
    answers,
    waiting,
    coverage,
    documents,
    snags,
    mustRead,
  } = props
  const period = `${props.periodDays} days before`
  return (
    <section class="figures" aria-label="Key figures">
      <FigureCard
        label="Activation"
        value={percent(props.activation.now)}
        note={`${formatNumber(homes.handedOverClaimed)} of ${count(homes.handedOver, 'home')} ${props.words.movedInLower}`}
        change={changeOf(props.activation, period, 'point')}
        href={paths.developer.homes({ development, handed_over: 'yes' })}
      />
      <FigureCard
        label="Active homes, 7 days"
        value={formatNumber(active.thisWeek)}
        note={`of ${count(homes.total, 'home')}`}
        change={changeOf({ now: active.thisWeek, before: active.lastWeek }, '7 days before')}
        href={paths.developer.homes({ development, active: 'week' })}
      />
      <FigureCard
        label="Answer rate"
        value={percent(answers.now)}
        note={`${formatNumber(answers.answered)} of ${count(answers.answered + answers.unanswered, 'question')}`}
        change={changeOf(answers, period, 'point')}
        href={paths.developer.questions({ development, view: 'asked' })}
      />
      <FigureCard
        label="Unanswered questions"
        value={formatNumber(waiting.now)}
        note={answers.now === null ? undefined : `${percent(100 - answers.now)} of what was asked`}
        change={changeOf(waiting, period)}
        href={paths.developer.questions({ development })}
        alert={waiting.now > 0}
      />
      <FigureCard
        label="Document coverage"
        value={percent(coverage.now)}
        note={coverage.gaps > 0 ? count(coverage.gaps, 'gap') : 'Nothing is missing'}
        href={paths.developer.coverage({ development })}
      />
      {mustRead.required > 0 && (
        <FigureCard
          label="Must-read documents"
          value={percent(mustRead.now)}
          note={`${formatNumber(mustRead.acknowledged)} of ${count(mustRead.required, 'home')} have read them`}
          href={paths.developer.acknowledgements({ development })}
        />
      )}
      <FigureCard
        label="Documents failed"
        value={formatNumber(documents.failed)}
        note={
          documents.processing > 0
            ? `${formatNumber(documents.processing)} processing`
            : `${formatNumber(documents.ready)} ready`
        }
        href={paths.developer.documents({ development, status: 'failed' })}
        alert={documents.failed > 0}
      />
      <FigureCard
        label="Open snags"
        value={formatNumber(snags.open)}
        note={snagNote(snags)}
        change={changeOf({ now: snags.open, before: snags.before }, period)}
        href={paths.developer.snags({ development })}
        alert={snags.late > 0}
      />
    </section>
  )
}

/** What asks for something comes first: a repair to look at, then the oldest that waits. */
function snagNote({ open, late, oldestDays, saidDone }: TodayProps['snags']): string {
  if (saidDone > 0) return `${formatNumber(saidDone)} said done: look and close`
  if (open === 0) return 'Nothing is open'
  if (oldestDays === 0) return 'reported today'
  const oldest = oldestDays === null ? '' : `oldest ${count(oldestDays, 'day')}`
  return late > 0 ? `${formatNumber(late)} late, ${oldest}` : oldest
}

const Charts = ({ homes, funnel, days, periodDays, openQuestions }: TodayProps) => {
  const asked = days.reduce((sum, day) => sum + day.questions, 0)
  return (
    <section class="charts" aria-label="Charts">
      <Chart
        id="activity"
        title="Activity by day"
        kind="columns"
        labels={days.map(({ label }) => label)}
        labelsAre="Day"
        series={[
          { label: 'Active homes', values: days.map(({ activeHomes }) => activeHomes) },
          { label: 'Questions', values: days.map(({ questions }) => questions) },
        ]}
        summary={`${count(asked, 'question')} in ${periodDays} days.`}
      />
      <Chart
        id="funnel"
        title="From the printed card to the first question"
        kind="rows"
        labels={['Homes', 'Card printed', 'Scanned', 'Claimed', 'Asked a question']}
        labelsAre="Step"
        series={[
          {
            label: 'Homes',
            values: [homes.total, funnel.printed, funnel.scanned, funnel.claimed, funnel.asked],
          },
        ]}
        summary={`${formatNumber(funnel.asked)} of ${count(homes.total, 'home')} have asked a question.`}
      />
      {openQuestions.length > 0 && (
        <Chart
          id="unanswered-homes"
          title="Unanswered, by homes affected"
          kind="rows"
          labels={openQuestions.map(({ question }) => question)}
          labelsAre="Question"
          series={[{ label: 'Homes', values: openQuestions.map((open) => open.homes) }]}
          summary="An answer is given once and goes to every home that asked."
        />
      )}
    </section>
  )
}

/** The empty state of the page is the way in: it stays until a card is in the first family's hands. */
const FirstSteps = ({ developmentId: development, homes, documents, funnel }: TodayProps) => {
  const steps = [
    { done: true, label: 'Name your development', action: null },
    {
      done: homes.total > 0,
      label: 'Drop a spreadsheet with your homes',
      action: { text: 'Import a list', url: paths.developer.homesImport({ development }) },
    },
    {
      done: documents.total > 0,
      label: 'Drop your files: user guide, floor plans, warranties',
      action: { text: 'Upload documents', url: paths.developer.documents({ development }) },
    },
    {
      done: funnel.printed > 0,
      label: 'Print the cards with the codes',
      action: { text: 'Choose homes to print', url: paths.developer.homes({ development }) },
    },
  ]
  const next = steps.findIndex(({ done }) => !done)
  if (next < 0) return null
  return (
    <Card title="First steps" id="first-steps">
      <ol class="steps">
        {steps.map(({ done, label, action }, i) => (
          <li class={done ? 'step step-done' : 'step'}>
            {done ? <Badge tone="success">Done</Badge> : <Badge>{`Step ${i + 1}`}</Badge>}
            <span>{label}</span>
            {!done && action && (
              <ButtonLink href={action.url} tone={i === next ? 'primary' : 'quiet'} small>
                {action.text}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}

const OpenQuestions = ({ openQuestions, documents, developmentId }: TodayProps) => (
  <Card title="Waiting for an answer" id="unanswered">
    {openQuestions.length > 0 ? (
      <ol class="question-list">
        {openQuestions.map((item) => (
          <li>
            <a href={item.url}>{item.question}</a>
            <span class="question-homes">{count(item.homes, 'home')}</span>
          </li>
        ))}
      </ol>
    ) : documents.ready === 0 ? (
      <EmptyState
        icon="upload"
        title="Start with the documents"
        action={
          <ButtonLink href={paths.developer.documents({ development: developmentId })} icon="upload">
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

/** For a builder without a development, whose first step it is to name one, and for staff who were granted none. */
export const NoDevelopmentPage = ({ shell }: { shell: StaffShell }) => (
  <StaffPage title="Today" shell={shell} active="today">
    <header class="staff-header">
      <p class="eyebrow">{shell.person.organisation}</p>
      <h1>Today</h1>
    </header>
    {shell.person.isAdmin ? (
      <Card title="First steps" id="first-steps">
        <p>
          Name your scheme. Then drop the spreadsheet with its homes, drop your files, and print the cards.
        </p>
        <NewDevelopmentForm {...blankDevelopment} />
      </Card>
    ) : (
      <EmptyState icon="home" title="No development yet">
        Nobody has granted you a development so far. Ask an administrator of your company to do it.
      </EmptyState>
    )}
  </StaffPage>
)
