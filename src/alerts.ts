// Judges the alert rules, keeps their incidents, and tells the operator of them.
import {
  type AlertReading,
  listAlertReadings,
  tenantsOverBudget,
  upsertAlertReading,
  windowCounts,
} from '#db/alerts.ts'
import * as rows from '#db/incidents.ts'
import { type AdminScope, acrossTenants, type Db, throughKeeper } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import {
  type AlertRule,
  alertRules,
  type Counts,
  judge,
  type RuleName,
  type Verdict,
} from './alerts/rules.ts'
import { type OperatorMessage, tellByMail, tellByWebhook } from './clients/operator.ts'
import { config } from './config.ts'
import { log } from './log.ts'

/** So long nothing may be wrong before an incident ends by itself, unless somebody took it on. */
const CALM_MS = 30 * 60_000
const BUDGET_SHARE = 0.9

export type AlertState = AlertRule & { reading: AlertReading | null }

/** Every rule as it stood at its last evaluation. */
export async function readAlerts(
  scope: AdminScope,
): Promise<{ rules: AlertState[]; incidents: rows.Incident[]; toldBy: string[] }> {
  const { readings, incidents } = await acrossTenants(scope, 'alerts and incidents', async (db) => ({
    readings: await listAlertReadings(db),
    incidents: await rows.openIncidents(db),
  }))
  const byRule = new Map(readings.map((reading) => [reading.rule, reading]))
  return {
    rules: alertRules.map((rule) => ({ ...rule, reading: byRule.get(rule.name) ?? null })),
    incidents,
    toldBy: waysOfTelling(),
  }
}

export type EvaluationContext = { requestId: string; fenced<T>(work: (db: Db) => Promise<T>): Promise<T> }

/** Judges every rule as of `now`, and has the operator told of what has changed. */
export async function evaluateAlerts(
  { requestId, fenced }: EvaluationContext,
  now = new Date(),
): Promise<void> {
  for (const rule of alertRules) await throughKeeper((db) => evaluate(db, rule, now))
  for (const by of waysOfTelling()) {
    const untold = await throughKeeper((db) => rows.untoldEvents(db, by))
    await fenced(async (db) => {
      for (const eventId of untold)
        await enqueue(db, 'send-alert', { eventId, by }, { requestId, dedupeKey: `${eventId} ${by}` })
    })
  }
}

async function evaluate(db: Db, rule: AlertRule & { name: RuleName }, now: Date): Promise<void> {
  const verdict = judge(rule, await countsOf(db, rule.name, now))
  const { isFiring, burnShort, burnLong, bad, total } = verdict
  await upsertAlertReading(db, {
    rule: rule.name,
    evaluatedAt: now,
    isFiring,
    burnShort,
    burnLong,
    badCount: bad,
    totalCount: total,
  })
  const open = await rows.openIncidentOf(db, rule.name)
  if (isFiring && !open) await begin(db, rule, verdict, now)
  else if (open) await goOn(db, open, verdict, now)
}

async function countsOf(db: Db, rule: RuleName, now: Date): Promise<Counts> {
  if (rule !== 'budget') return windowCounts(db, rule, now)
  const limit = config().OPENAI_DAILY_TOKENS_PER_TENANT
  const counts = limit === 0 ? { bad: 0, total: 0 } : await tenantsOverBudget(db, limit * BUDGET_SHARE, now)
  return { 5: counts, 30: counts, 60: counts, 360: counts }
}

async function begin(db: Db, rule: AlertRule, verdict: Verdict, now: Date): Promise<void> {
  const id = Bun.randomUUIDv7()
  if (!(await rows.insertIncident(db, { id, rule: rule.name, title: rule.title, createdAt: now }))) return
  await rows.insertIncidentEvent(db, eventOf(id, 'opened', verdict, now))
  log('error', 'alert_firing', { rule: rule.name, incidentId: id, ...verdict })
}

/** Notes when it stops and when it begins again; ends it once it has been calm for long enough. */
async function goOn(db: Db, incident: rows.Incident, verdict: Verdict, now: Date): Promise<void> {
  const last = await rows.lastStateEvent(db, incident.id)
  const isCalm = last?.kind === 'calm'
  if (verdict.isFiring && isCalm)
    await rows.insertIncidentEvent(db, eventOf(incident.id, 'again', verdict, now))
  if (verdict.isFiring) return
  if (!isCalm) await rows.insertIncidentEvent(db, eventOf(incident.id, 'calm', verdict, now))
  else if (!incident.acknowledgedAt && now.getTime() - last.createdAt.getTime() >= CALM_MS) {
    await rows.setResolved(db, incident.id)
    await rows.insertIncidentEvent(db, eventOf(incident.id, 'resolved', verdict, now))
    log('info', 'alert_resolved', { rule: incident.rule, incidentId: incident.id })
  }
}

const eventOf = (incidentId: string, kind: rows.IncidentEvent['kind'], verdict: Verdict, now: Date) => {
  const { burnShort, burnLong, bad, total } = verdict
  const figures = { bad, total, burnShort: rounded(burnShort), burnLong: rounded(burnLong) }
  return { id: Bun.randomUUIDv7(), incidentId, kind, figures, createdAt: now }
}

const rounded = (value: number) => Math.round(value * 10) / 10

function waysOfTelling(): ('webhook' | 'mail')[] {
  const { ALERT_WEBHOOK_URL, ALERT_MAIL_TO } = config()
  return [...(ALERT_WEBHOOK_URL ? ['webhook' as const] : []), ...(ALERT_MAIL_TO ? ['mail' as const] : [])]
}

const WORDS: Record<string, string> = {
  opened: 'Something is wrong',
  again: 'It is wrong again',
  resolved: 'It is over',
}

/** Tells of one event, and notes on the incident that it was told, or with the last try that it was not. */
export async function tellOperator(
  eventId: string,
  by: 'webhook' | 'mail',
  run: { signal: AbortSignal; isLastTry: boolean; requestId: string },
): Promise<'told' | 'failed' | 'gone' | 'not_set_up'> {
  const found = await throughKeeper((db) => rows.eventWithIncident(db, eventId))
  if (!found) return 'gone'
  if (!waysOfTelling().includes(by)) return 'not_set_up'
  const { event, incident } = found
  const message: OperatorMessage = {
    id: event.id,
    text: `${WORDS[event.kind] ?? event.kind}: ${incident.title}`,
    url: `${config().publicUrl}/admin/incidents/${incident.id}`,
    at: event.createdAt,
    incident: { id: incident.id, rule: incident.rule, title: incident.title },
    event: event.kind,
    figures: event.figures,
  }
  const isTold = await (by === 'webhook' ? tellByWebhook : tellByMail)(message, run)
  if (isTold || run.isLastTry)
    await throughKeeper((db) =>
      rows.insertIncidentEvent(db, {
        id: Bun.randomUUIDv7(),
        incidentId: incident.id,
        kind: isTold ? 'told' : 'not_told',
        figures: { event: event.id, by },
      }),
    )
  return isTold ? 'told' : 'failed'
}
