// The builder's first page.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { NoDevelopmentPage, TodayPage } from '#views/developer/today.tsx'
import { formatDay } from '#views/format.ts'
import { paths } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'
import { access } from '../../access/access.ts'
import { portalPlace } from '../../portal.ts'
import { PERIOD_DAYS, readToday } from '../../today.ts'
import { shellOf } from './present.ts'

export const today = new Elysia({ name: 'developer/today' }).use(access).get(
  '/developer',
  async ({ staff, query }) => {
    const place = await portalPlace(staff.scope, staff.staffId, query.development)
    if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
    const { id, name, tenure } = place.chosen
    const figures = await readToday(staff.scope, id)
    const { handedOver, handedOverClaimed, ready, processing, failed } = figures
    const { printed, scanned, claimed, asked } = figures
    return TodayPage({
      shell: shellOf(place),
      developmentId: id,
      developmentName: name,
      words: tenureWords(tenure),
      periodDays: PERIOD_DAYS,
      homes: { total: figures.homes, handedOver, handedOverClaimed },
      activation: figures.activation,
      active: { thisWeek: figures.activeThisWeek, lastWeek: figures.activeLastWeek },
      answers: figures.answerRate,
      waiting: { now: figures.openQuestions, before: figures.openQuestionsBefore },
      coverage: figures.coverage,
      mustRead: figures.mustRead,
      documents: { total: figures.documents, ready, processing, failed },
      snags: {
        open: figures.openSnags,
        before: figures.openSnagsBefore,
        late: figures.lateSnags,
        oldestDays: figures.oldestSnagDays,
        saidDone: figures.saidDoneSnags,
      },
      funnel: { printed, scanned, claimed, asked },
      days: figures.days.map((day) => ({
        label: formatDay(day.day),
        activeHomes: day.active_homes,
        questions: day.questions,
      })),
      openQuestions: figures.questions.map(({ id: gapId, ...open }) => ({
        ...open,
        url: paths.developer.question(gapId),
      })),
    })
  },
  { forStaff: 'developer', query: z.object({ development: z.uuid().optional() }), detail: { hide: true } },
)
