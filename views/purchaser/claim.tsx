// What a scanned QR code opens: the development's name and one field for the access code.

import { formatWait } from '#views/format.ts'
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { Button } from '#views/parts/button.tsx'
import { Challenge, type ChallengeView, Trap } from '#views/parts/challenge.tsx'
import { Field } from '#views/parts/field.tsx'
import type { Brand } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

export type ClaimProps = {
  publicId: string
  developmentName: string
  brand?: Brand | undefined
  /** A wrong code, a pause after too many wrong ones, or a home that its last household is just leaving. */
  failure?: { kind: 'wrong_code' | 'preparing' } | { kind: 'too_many_tries'; waitSeconds: number }
  /** What was typed, so that a slip can be corrected. */
  accessCode?: string
  challenge?: ChallengeView | undefined
  /** The page to go back to once inside. */
  next?: string | undefined
}

const CODE_LENGTH_MAX = 40
const LINK_LENGTH_MAX = 300

export const ClaimPage = ({
  publicId,
  developmentName,
  brand,
  failure,
  accessCode,
  challenge,
  next,
}: ClaimProps) => (
  <SignedOutPage
    title={developmentName}
    heading={`Welcome to ${developmentName}`}
    lead="Enter the access code from your handover letter to open the app for your home."
    footer={<a href={paths.privacy()}>How we use your data, and where AI is used</a>}
    scripts={challenge ? ['challenge.js'] : []}
    brand={brand}
  >
    {failure?.kind === 'too_many_tries' && (
      <Notice tone="warning" title="Too many tries">
        <p>Please try again in {formatWait(failure.waitSeconds)}. Your code stays valid.</p>
      </Notice>
    )}
    {failure?.kind === 'preparing' && (
      <Notice tone="warning" title="Almost ready">
        <p>This home is being made ready for its next household. Please try again in a few minutes.</p>
      </Notice>
    )}
    <form class="stack" method="post" action={paths.claim(publicId)}>
      {next && <input type="hidden" name="next" value={next} />}
      <Trap />
      {challenge && <Challenge challenge={challenge} />}
      <Field
        label="Access code"
        name="access_code"
        className="input-code"
        hint="For example AB-234-CDEF. Capitals and dashes do not matter."
        value={accessCode}
        error={
          failure?.kind === 'wrong_code'
            ? 'This code does not belong to this home. Check the letter and try again.'
            : undefined
        }
        autocomplete="one-time-code"
        inputmode="text"
        autocapitalize="characters"
        maxlength={CODE_LENGTH_MAX}
        required
        autofocus
      />
      <Button tone="gold">Open my home</Button>
    </form>
  </SignedOutPage>
)

/** Shown for a link that never existed and for one that was replaced: nobody can tell the two apart. */
export const UnknownLinkPage = () => (
  <SignedOutPage
    title="Unknown link"
    heading="This link does not work"
    lead="It may have been typed wrongly or replaced by a new one. Scan the QR code in your newest letter, or ask your builder for it."
  >
    <p class="hint">
      You can also <a href={paths.welcome()}>type the link or the access code</a>. If you are already signed
      in, open the app from your home screen.
    </p>
  </SignedOutPage>
)

/** What a stranger sees at `/`: there is no list of homes to choose from. */
export const NoHomePage = ({ typed }: { typed?: string }) => (
  <SignedOutPage
    title="Open your home"
    heading="Scan your code to begin"
    lead="Your handover letter has a QR code. Scan it with your phone's camera, or type the link under it here."
    footer={<a href={paths.privacy()}>How we use your data, and where AI is used</a>}
  >
    <form class="stack" method="post" action={paths.welcome()}>
      <Field
        label="Link or access code"
        name="access_code"
        hint="The link ends in /h/ and a row of letters."
        value={typed}
        error={
          typed === undefined
            ? undefined
            : 'We also need the link of your home. Scan the QR code in your letter, or type the link under it; then enter the access code.'
        }
        autocomplete="off"
        inputmode="text"
        maxlength={LINK_LENGTH_MAX}
        required
      />
      <Button tone="gold">Continue</Button>
    </form>
    <p class="hint">
      Work for a builder? <a href={paths.developer.signIn()}>Sign in to the portal</a>.
    </p>
  </SignedOutPage>
)
