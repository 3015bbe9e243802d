// The staff sign-in form, the same for the builder and the operator.

import { formatWait } from '#views/format.ts'
import { Button } from '#views/parts/button.tsx'
import { Challenge, type ChallengeView, Trap } from '#views/parts/challenge.tsx'
import { Field } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'

export type SignInProps = {
  /** Where the person wanted to go; the server accepts only its own paths. */
  next?: string
  email?: string
  challenge?: ChallengeView | undefined
  failure?:
    | { kind: 'wrong' }
    | { kind: 'too_many_tries'; waitSeconds: number }
    | { kind: 'challenge' }
    | { kind: 'ended' }
}

export const SignInForm = ({ action, next, email, challenge, failure }: SignInProps & { action: string }) => (
  <form class="stack" method="post" action={action}>
    {failure?.kind === 'wrong' && (
      <Notice tone="error">
        <p>This e-mail address and password do not belong together.</p>
      </Notice>
    )}
    {failure?.kind === 'too_many_tries' && (
      <Notice tone="warning">
        <p>Too many tries. Please wait {formatWait(failure.waitSeconds)}.</p>
      </Notice>
    )}
    {failure?.kind === 'challenge' && (
      <Notice tone="warning">
        <p>After several tries we look twice. Please enter your password and sign in once more.</p>
      </Notice>
    )}
    {failure?.kind === 'ended' && (
      <Notice>
        <p>Your session has ended. Sign in again to carry on.</p>
      </Notice>
    )}
    {next && <input type="hidden" name="next" value={next} />}
    <Trap />
    {challenge && <Challenge challenge={challenge} />}
    <Field
      label="E-mail address"
      name="email"
      type="email"
      value={email}
      autocomplete="username"
      maxlength={254}
      required
      autofocus={!email}
    />
    <Field
      label="Password"
      name="password"
      type="password"
      autocomplete="current-password"
      maxlength={200}
      required
      autofocus={Boolean(email)}
    />
    <Button>Sign in</Button>
  </form>
)
