// Where the platform's operator signs in.
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { SignInForm, type SignInProps } from '#views/parts/sign-in.tsx'
import { paths } from '#views/paths.ts'

export const AdminSignInPage = (props: SignInProps) => (
  <SignedOutPage
    scripts={props.challenge ? ['challenge.js'] : []}
    title="Operator sign-in"
    heading="Operator console"
    lead="For the people who run the platform."
  >
    <SignInForm {...props} action={paths.admin.signIn()} />
  </SignedOutPage>
)
