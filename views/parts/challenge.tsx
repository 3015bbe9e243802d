// What a form holds after repeated failures: a puzzle for the browser; and the field that only programs fill in.
import { Fragment } from '#views/jsx-runtime.ts'

export type ChallengeView = { token: string; salt: string; bits: number; patienceS: number }

/** challenge.js solves it unseen; without scripts the form passes some seconds after it was shown. */
export const Challenge = ({ challenge }: { challenge: ChallengeView }) => (
  <Fragment>
    <input type="hidden" name="challenge" value={challenge.token} />
    <input
      type="hidden"
      name="solution"
      value=""
      data-challenge={challenge.salt}
      data-bits={String(challenge.bits)}
    />
    <noscript>
      <p class="hint">
        After several tries this form works {challenge.patienceS} seconds after it was shown.
      </p>
    </noscript>
  </Fragment>
)

export const Trap = () => (
  <div class="trap" aria-hidden="true">
    <label for="website">Leave this empty</label>
    <input id="website" name="website" type="text" value="" tabindex="-1" autocomplete="off" />
  </div>
)
