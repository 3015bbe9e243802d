// Where a new member of staff chooses a password.
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { Button } from '#views/parts/button.tsx'
import { Field } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'

export type InvitationProps = { token: string; name: string; organisation: string; charsMin: number }

export const InvitationPage = ({ token, name, organisation, charsMin }: InvitationProps) => (
  <SignedOutPage title="Welcome" heading={`Welcome, ${name}`} lead={`Choose a password for ${organisation}.`}>
    <form class="stack" method="post" action={paths.developer.invitation(token)}>
      <Field
        label="Password"
        name="password"
        type="password"
        autocomplete="new-password"
        hint={`At least ${charsMin} characters.`}
        maxlength={128}
        required
        autofocus
      />
      <Button>Save the password</Button>
    </form>
  </SignedOutPage>
)
