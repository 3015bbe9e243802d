// The second step of a sign-in, and what setting it up shows: the code to scan, and the recovery codes, once.
import { Fragment, raw } from '#views/jsx-runtime.ts'
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Field } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

type StepProps = { portal: 'developer' | 'admin'; next?: string | undefined; problem?: string | undefined }

type CodeFieldProps = { problem?: string | undefined; hint: string; id?: string; autofocus?: boolean }

export const CodeField = ({ problem, hint, id = 'code', autofocus = false }: CodeFieldProps) => (
  <Field
    label="Code"
    name="code"
    id={id}
    className="input-code"
    hint={hint}
    error={problem}
    autocomplete="one-time-code"
    inputmode="text"
    maxlength={40}
    required
    autofocus={autofocus}
  />
)

export const CodePage = ({ portal, next, problem }: StepProps) => (
  <SignedOutPage
    title="Enter your code"
    heading="One more step"
    lead="Open your authenticator app and enter the six digits it shows for OpenHouse."
    footer={<a href={paths[portal].signIn()}>Start again</a>}
  >
    <form class="stack" method="post" action={paths[portal].signInStep('code')}>
      {next && <input type="hidden" name="next" value={next} />}
      <CodeField
        problem={problem}
        hint="No phone at hand? Enter one of your recovery codes instead; each works once."
        autofocus
      />
      <Button>Sign in</Button>
    </form>
  </SignedOutPage>
)

export type EnrolmentView = { token: string; secret: string; qrSvg: string }

/** Four letters at a time are easier to type from a screen. */
const inGroups = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ')

export const EnrolmentSteps = ({ token, secret, qrSvg }: EnrolmentView) => (
  <Fragment>
    <div class="second-factor-qr" role="img" aria-label="QR code for an authenticator app">
      {raw(qrSvg)}
    </div>
    <p class="hint">No camera? Add an account by hand with this key:</p>
    <p class="one-time">{inGroups(secret)}</p>
    <input type="hidden" name="enrolment" value={token} />
  </Fragment>
)

export const EnrolmentPage = ({ portal, next, problem, ...enrolment }: StepProps & EnrolmentView) => (
  <SignedOutPage
    title="Set up your second factor"
    heading="Set up an authenticator app"
    lead="This account needs a code from your phone beside the password. Scan this with an authenticator app, then enter the six digits it shows."
  >
    <form class="stack" method="post" action={paths[portal].signInStep('enrolment')}>
      {next && <input type="hidden" name="next" value={next} />}
      <EnrolmentSteps {...enrolment} />
      <CodeField problem={problem} hint="Six digits, new every 30 seconds." />
      <Button>Turn it on and sign in</Button>
    </form>
  </SignedOutPage>
)

export const RecoveryCodes = ({ codes }: { codes: readonly string[] }) => (
  <Notice tone="warning" title="Keep these recovery codes" id="recovery-codes">
    <p>
      Each opens your account once when your phone is not at hand. They are not shown again: print them, or
      keep them in a password manager.
    </p>
    <ul class="recovery-codes">
      {codes.map((code) => (
        <li>{code}</li>
      ))}
    </ul>
  </Notice>
)

export const RecoveryCodesPage = ({ codes, nextUrl }: { codes: readonly string[]; nextUrl: string }) => (
  <SignedOutPage title="Recovery codes" heading="The second factor is on">
    <RecoveryCodes codes={codes} />
    <ButtonLink href={nextUrl}>I have kept them: carry on</ButtonLink>
  </SignedOutPage>
)
