// What people see when something went wrong: one sentence and a request id, as a page and as a fragment.
import { Document } from '#views/layout/document.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { Mark } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

export type ErrorProps = {
  status: number
  /** Overrides the sentence of the status, e.g. "Try again in 40 seconds." */
  sentence?: string | undefined
  requestId: string
  homeUrl?: string
}

type Wording = { heading: string; sentence: string }

const UNEXPECTED: Wording = {
  heading: 'Something went wrong',
  sentence: 'This is our fault, and it has been recorded. Please try again in a moment.',
}

const WORDING: Record<number, Wording> = {
  400: {
    heading: 'We could not read that',
    sentence: 'The request was incomplete. Go back and try once more.',
  },
  401: { heading: 'Please sign in', sentence: 'Your session has ended. Sign in again to carry on.' },
  403: { heading: 'That is not allowed', sentence: 'You can see this, but you may not change it.' },
  404: { heading: 'Nothing here', sentence: 'This page does not exist, or it is not yours to see.' },
  405: { heading: 'That does not work here', sentence: 'This page cannot be used in that way.' },
  409: {
    heading: 'Somebody was faster',
    sentence: 'This changed in the meantime. Reload the page and try again.',
  },
  413: { heading: 'Too large', sentence: 'The file is larger than we accept.' },
  415: { heading: 'Not the right kind of file', sentence: 'Only PDF documents can be used here.' },
  421: { heading: 'Wrong address', sentence: 'This address does not belong to OpenHouse.' },
  422: { heading: 'Please check the form', sentence: 'Something in what was sent is not valid.' },
  429: {
    heading: 'One moment, please',
    sentence: 'There were too many requests in a short time. Wait a little, then try again.',
  },
  503: {
    heading: 'We are busy',
    sentence: 'The service is starting or overloaded. Try again in a few seconds.',
  },
  507: { heading: 'No space left', sentence: 'The file could not be stored. The operator has been told.' },
}

const wordingOf = (status: number) => WORDING[status] ?? UNEXPECTED

export const ErrorPage = ({ status, sentence, requestId, homeUrl = paths.home() }: ErrorProps) => (
  <Document title={wordingOf(status).heading} bodyClass="signed-out">
    <main id="main" class="signed-out-card" tabindex="-1">
      <Mark />
      <h1>{wordingOf(status).heading}</h1>
      <p class="lead">{sentence ?? wordingOf(status).sentence}</p>
      <ButtonLink href={homeUrl} tone="quiet">
        Back to the start
      </ButtonLink>
    </main>
    <footer class="signed-out-footer">
      Error {status} · request <code>{requestId}</code>
    </footer>
  </Document>
)

/** Swapped in where the answer would have gone; htmx 4 swaps error responses too. */
export const ErrorFragment = ({ status, sentence, requestId }: ErrorProps) => (
  <Notice tone="error" title={wordingOf(status).heading}>
    <p>{sentence ?? wordingOf(status).sentence}</p>
    <p class="notice-reference">
      Request <code>{requestId}</code>
    </p>
  </Notice>
)
