// Times each stage of one question and remembers what it decided, for the retrieval log.
import type { Decision, StageLog, StageName } from '#src/answers/question.ts'

type Verdict = [StageLog['outcome'], string]

export type StageClock = {
  /** Runs a stage whose `null` means that the question passes on; `verdict` reads other results. */
  stage<T>(name: StageName, run: () => Promise<T>, verdict?: (result: T) => Verdict): Promise<T>
  sync<T>(name: StageName, run: () => T, reason: (result: T) => string): T
  log(): StageLog[]
}

export function stageClock(): StageClock {
  const entries: StageLog[] = []
  const note = (stage: StageName, [outcome, reason]: Verdict, startedAt: number) =>
    entries.push({ stage, outcome, reason, ms: Math.round((performance.now() - startedAt) * 100) / 100 })
  return {
    async stage(name, run, verdict = passOrDecide) {
      const startedAt = performance.now()
      try {
        const result = await run()
        note(name, verdict(result), startedAt)
        return result
      } catch (error) {
        note(name, ['failed', error instanceof Error ? error.name : 'error'], startedAt)
        throw error
      }
    },
    sync(name, run, reason) {
      const startedAt = performance.now()
      const result = run()
      note(name, ['passed', reason(result)], startedAt)
      return result
    },
    log: () => entries,
  }
}

function passOrDecide(result: unknown): Verdict {
  return result === null ? ['passed', ''] : ['decided', (result as Decision).reason]
}
