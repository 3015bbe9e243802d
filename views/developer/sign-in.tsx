// Where the builder's staff sign in.
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { SignInForm, type SignInProps } from '#views/parts/sign-in.tsx'
import { paths } from '#views/paths.ts'

export const DeveloperSignInPage = (props: SignInProps) => (
  <SignedOutPage
    scripts={props.challenge ? ['challenge.js'] : []}
    title="Sign in"
    heading="Builder portal"
    lead="Sign in to look after your developments."
  >
    <SignInForm {...props} action={paths.developer.signIn()} />
  </SignedOutPage>
)
