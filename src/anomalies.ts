// What the operator should look at: patterns in the logged rows of the last day that nobody's ordinary day makes.
import * as rows from '#db/anomalies.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'

export type { Anomaly } from '#db/anomalies.ts'

/** A family mistypes a code or two; nobody has the letters of ten homes. */
const HOMES_AN_ADDRESS = 10
/** Four people with two phones each, at home and at work. */
const ADDRESSES_A_HOME = 12
const FAILURES_AN_ADDRESS = 10
const FAILURES_AN_ACCOUNT = 10
const UNANSWERED = { least: 20, times: 3 }
const QUESTIONS_A_HOME = 100

export type AnomalyKind =
  | 'address_at_many_homes'
  | 'home_from_many_addresses'
  | 'address_failing_to_sign_in'
  | 'account_under_attack'
  | 'questions_without_answers'
  | 'home_asks_much'

export type AnomalyGroup = { kind: AnomalyKind; anomalies: rows.Anomaly[] }

/** Every kind, those without a finding as well: that nothing was found is worth knowing. */
export const findAnomalies = (scope: AdminScope): Promise<AnomalyGroup[]> =>
  acrossTenants(scope, 'what stands out', async (db) => [
    { kind: 'address_at_many_homes', anomalies: await rows.addressesAtManyHomes(db, HOMES_AN_ADDRESS) },
    { kind: 'home_from_many_addresses', anomalies: await rows.homesFromManyAddresses(db, ADDRESSES_A_HOME) },
    {
      kind: 'address_failing_to_sign_in',
      anomalies: await rows.addressesFailingToSignIn(db, FAILURES_AN_ADDRESS),
    },
    { kind: 'account_under_attack', anomalies: await rows.accountsUnderAttack(db, FAILURES_AN_ACCOUNT) },
    { kind: 'questions_without_answers', anomalies: await rows.developmentsWithoutAnswers(db, UNANSWERED) },
    { kind: 'home_asks_much', anomalies: await rows.homesThatAskMuch(db, QUESTIONS_A_HOME) },
  ])
