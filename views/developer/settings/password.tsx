// Where a one-time link leads: choosing a password.
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { Button } from '#views/parts/button.tsx'
import { Field } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'

type PasswordProps = {
  token: string
  purpose: 'invitation' | 'password_reset'
  charsMin: number
  problem?: string | undefined
}

export const PasswordPage = ({ token, purpose, charsMin, problem }: PasswordProps) => (
  <SignedOutPage
    title="Choose a password"
    heading={purpose === 'invitation' ? 'Welcome to the builder portal' : 'Choose a new password'}
    lead="The link works once. After it you sign in with your e-mail address and this password."
  >
    <form class="stack" method="post" action={paths.developer.staffLink(token)}>
      <Field
        label="Password"
        name="password"
        type="password"
        hint={`At least ${charsMin} characters; a sentence is good.`}
        error={problem}
        maxlength={200}
        autocomplete="new-password"
        required
      />
      <Button>Save the password</Button>
    </form>
  </SignedOutPage>
)
