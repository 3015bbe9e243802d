// What the chat answered from, how it was written, and what people thought of it.
import { Charts, Figures, type InsightFrame, InsightPage, shareOf } from '#views/developer/insights/frame.tsx'
import { count, formatNumber } from '#views/format.ts'
import { FigureCard } from '#views/parts/card.tsx'
import { Chart } from '#views/parts/chart.tsx'
import { paths } from '#views/paths.ts'

export type ChatInsightProps = InsightFrame & {
  asked: number
  unanswered: number
  written: number
  quoted: number
  helpful: number
  notHelpful: number
  byStage: { stage: string; count: number }[]
  byDay: { label: string; answered: number; unanswered: number }[]
}

const STAGES: Record<string, string> = {
  document: 'From documents',
  fact: 'From recorded facts',
  place: 'From places nearby',
  safety: 'Safety advice',
  refusal: 'Politely refused',
  gap: 'Could not answer',
  none: 'Broke off',
}

export const ChatInsightPage = (props: ChatInsightProps) => {
  const { developmentId: development, asked, unanswered, written, quoted, helpful, notHelpful } = props
  return (
    <InsightPage {...props} lead="Where answers came from, and what people thought of them.">
      <Figures>
        <FigureCard
          label="Questions"
          value={formatNumber(asked)}
          href={paths.developer.questions({ development, view: 'asked' })}
        />
        <FigureCard
          label="Could not answer"
          value={formatNumber(unanswered)}
          note={`${shareOf(unanswered, asked)} of what was asked`}
          href={paths.developer.questions({ development })}
          alert={unanswered > 0}
        />
        <FigureCard
          label="Written by the model"
          value={shareOf(written, written + quoted)}
          note={`${formatNumber(quoted)} quoted word for word`}
          href="#by-stage"
        />
        <FigureCard
          label="Found helpful"
          value={shareOf(helpful, helpful + notHelpful)}
          note={`${formatNumber(notHelpful)} of ${count(helpful + notHelpful, 'opinion')} not helpful`}
          href={paths.developer.questions({ development, view: 'asked' })}
        />
      </Figures>
      <Charts>
        <Chart
          id="by-day"
          title="Questions by day"
          kind="columns"
          labels={props.byDay.map(({ label }) => label)}
          labelsAre="Day"
          series={[
            { label: 'Answered', values: props.byDay.map((day) => day.answered) },
            { label: 'Could not answer', values: props.byDay.map((day) => day.unanswered) },
          ]}
          summary={`${count(asked, 'question')} in ${count(props.days, 'day')}.`}
        />
        <Chart
          id="by-stage"
          title="Where answers came from"
          kind="rows"
          labels={props.byStage.map(({ stage }) => STAGES[stage] ?? stage)}
          labelsAre="Source"
          series={[{ label: 'Questions', values: props.byStage.map((each) => each.count) }]}
          summary={`${formatNumber(asked - unanswered)} of ${count(asked, 'question')} had an answer.`}
        />
      </Charts>
    </InsightPage>
  )
}
