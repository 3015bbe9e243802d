// The pages around signing in, with invented props: the second step, setting it up, and forms after many tries.
import { AnomaliesPage } from '#views/admin/anomalies.tsx'
import { AdminSecondFactorPage } from '#views/admin/second-factor.tsx'
import { SecondFactorPage } from '#views/developer/settings/second-factor.tsx'
import { DeveloperSignInPage } from '#views/developer/sign-in.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import type { SecondFactorView } from '#views/parts/second-factor.tsx'
import { CodePage, EnrolmentPage, RecoveryCodesPage } from '#views/parts/second-step.tsx'
import { ClaimPage } from '#views/purchaser/claim.tsx'
import { AT, adminShell, LONG_NAME, longStaffShell, staffShell } from './invented.ts'

const challenge = { token: 'a.b.c', salt: 'salt', bits: 4, patienceS: 15 }
const enrolment = {
  token: 'a.b.c',
  secret: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  qrSvg:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><path fill="#000" d="M4 4h9v9H4zM16 4h9v9h-9zM4 16h9v9H4z"/></svg>',
}
const codes = Array.from({ length: 10 }, (_, i) => `${i}ABCDE-FGHJKM-NPQRST-VWXYZ0`)
const session = {
  ...{ id: '01890000-0000-7000-8000-000000000001', device: 'Safari on iPhone', ipAddress: '203.0.113.7' },
  ...{ since: AT, lastSeenAt: AT, isCurrent: true },
}
const elsewhere = {
  ...session,
  id: '01890000-0000-7000-8000-000000000002',
  device: 'Chrome on Windows',
  isCurrent: false,
}
const off: SecondFactorView = {
  ...{ portal: 'developer', enabledAt: null, recoveryCodesLeft: 0, isRequired: false },
  ...{ enrolment, newCodes: null, problem: null, passwordCharsMin: 12 },
  sessions: [session],
}
const on: SecondFactorView = {
  ...off,
  ...{ enabledAt: AT, recoveryCodesLeft: 9, enrolment: null, sessions: [session, elsewhere] },
}
const wrong = 'That code is not right, or was used already. Wait for the next one.'
const anomaly = { subject: '203.0.113.7', tenant: null, count: 1_204, lastAt: AT }

export const SIGN_IN_PAGES: Record<string, () => Html> = {
  'developer-sign-in-challenge': () => DeveloperSignInPage({ challenge, failure: { kind: 'challenge' } }),
  'claim-challenge': () =>
    ClaimPage({ publicId: 'p1', developmentName: LONG_NAME, challenge, failure: { kind: 'wrong_code' } }),
  'developer-sign-in-code': () => CodePage({ portal: 'developer' }),
  'admin-sign-in-code-refused': () => CodePage({ portal: 'admin', next: '/admin', problem: wrong }),
  'admin-sign-in-enrolment': () => EnrolmentPage({ portal: 'admin', problem: wrong, ...enrolment }),
  'admin-sign-in-recovery-codes': () => RecoveryCodesPage({ codes, nextUrl: '/admin' }),
  'developer-second-factor-off': () => SecondFactorPage({ shell: staffShell, secondFactor: off }),
  'developer-second-factor-on': () =>
    SecondFactorPage({ shell: longStaffShell, secondFactor: { ...on, newCodes: codes } }),
  'developer-second-factor-refused': () =>
    SecondFactorPage({
      shell: staffShell,
      secondFactor: { ...on, problem: { form: 'removal', field: 'code', message: wrong } },
    }),
  'developer-own-password-refused': () =>
    SecondFactorPage({
      shell: staffShell,
      secondFactor: {
        ...off,
        problem: { form: 'password', field: 'password', message: 'This is not your password.' },
      },
    }),
  'admin-second-factor': () =>
    AdminSecondFactorPage({ shell: adminShell, secondFactor: { ...on, portal: 'admin', isRequired: true } }),
  'admin-anomalies': () =>
    AnomaliesPage({
      shell: adminShell,
      groups: [
        {
          kind: 'address_at_many_homes',
          anomalies: [anomaly, { ...anomaly, subject: '2001:db8:1:2:3:4:5:6' }],
        },
        {
          kind: 'home_from_many_addresses',
          anomalies: [{ ...anomaly, subject: LONG_NAME, tenant: LONG_NAME }],
        },
        { kind: 'account_under_attack', anomalies: [] },
      ],
    }),
}
