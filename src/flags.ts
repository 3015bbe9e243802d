// Feature flags: what can be switched off without a release, for everybody or for one builder.
import * as rows from '#db/flags.ts'
import { tenantNames } from '#db/log-pages.ts'
import { type AdminScope, acrossTenants, throughDoor } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'

/** The code's own default is what runs when nobody has set anything, also while a new flag is being rolled out. */
export const flags = {
  model_answers: {
    title: 'Answers written by the language model',
    meaning: 'Off: answers are quoted from the documents, as without a language model.',
    isOn: true,
  },
  search_by_meaning: {
    title: 'Search by meaning',
    meaning: 'Off: documents are searched by words alone, and no question is sent to the embedding model.',
    isOn: true,
  },
} as const

export type FlagName = keyof typeof flags
export const flagNames = Object.keys(flags) as [FlagName, ...FlagName[]]

/** Processes hear of a change at once; this is for threads that hear nothing, and for a notification that was lost. */
const KEPT_MS = 10_000

let kept: { untilMs: number; settings: Promise<Map<string, boolean>> } | null = null

export const forgetFlags = (): void => {
  kept = null
}

/** What was set for the tenant, else for everybody, else what the code says. */
export async function flagIsOn(name: FlagName, tenantId: string): Promise<boolean> {
  const settings = await keptSettings()
  return settings.get(`${name} ${tenantId}`) ?? settings.get(`${name} `) ?? flags[name].isOn
}

function keptSettings(): Promise<Map<string, boolean>> {
  if (kept && performance.now() < kept.untilMs) return kept.settings
  const settings = throughDoor(rows.allFlags).then(
    (all) => new Map(all.map((row) => [`${row.name} ${row.tenantId ?? ''}`, row.setting === 'on'])),
  )
  const mine = { untilMs: performance.now() + KEPT_MS, settings }
  kept = mine
  // A failed reading is nobody's answer for ten seconds.
  settings.catch(() => {
    if (kept === mine) kept = null
  })
  return settings
}

export type FlagState = {
  name: FlagName
  title: string
  meaning: string
  isOnByDefault: boolean
  /** Null: nothing was set for everybody. */
  forAll: 'on' | 'off' | null
  exceptions: { tenantId: string; tenantName: string; setting: 'on' | 'off'; changedAt: Date }[]
}

export async function readFlags(
  scope: AdminScope,
): Promise<{ flags: FlagState[]; tenants: { id: string; name: string }[] }> {
  return acrossTenants(scope, 'feature flags', async (db) => {
    const all = await rows.allFlags(db)
    const tenants = await tenantNames(db)
    const nameOf = new Map(tenants.map(({ id, name }) => [id, name]))
    return {
      tenants,
      flags: flagNames.map((name) => {
        const { title, meaning, isOn } = flags[name]
        const own = all.filter((row) => row.name === name)
        return {
          name,
          title,
          meaning,
          isOnByDefault: isOn,
          forAll: own.find(({ tenantId }) => tenantId === null)?.setting ?? null,
          exceptions: own.flatMap(({ tenantId, setting, changedAt }) =>
            tenantId
              ? [
                  {
                    tenantId,
                    tenantName: nameOf.get(tenantId) ?? '',
                    setting,
                    changedAt: new Date(changedAt),
                  },
                ]
              : [],
          ),
        }
      }),
    }
  })
}

/** `default` takes a setting back. @throws Failure `not_found` for a builder that does not exist */
export async function switchFlag(
  scope: AdminScope,
  asked: { name: FlagName; tenantId: string | null; setting: 'on' | 'off' | 'default' },
): Promise<void> {
  const { name, tenantId, setting } = asked
  await acrossTenants(scope, 'switching a feature', async (db) => {
    if (tenantId && !(await tenantNames(db)).some(({ id }) => id === tenantId)) throw failure('not_found')
    if (setting === 'default') await rows.deleteFlag(db, { name, tenantId })
    else await rows.setFlag(db, { name, tenantId, setting })
    await noteActivity(db, scope, {
      tenantId,
      action: 'flag.switched',
      targetType: 'flag',
      targetId: name,
      changes: { setting },
    })
    await rows.tellProcesses(db, 'flags')
  })
  forgetFlags()
}
