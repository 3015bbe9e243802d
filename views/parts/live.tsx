// Parts of a page that ask for themselves again while they may change. A response whose root does not ask ends it.

/** A failure leaves what stands there. */
const ON_FAILURE = { 'hx-status:4xx': 'swap:none', 'hx-status:5xx': 'swap:none' }

/** Attributes of the root of a part that is looked at for long; staff.js triggers it, and not in a hidden tab. */
export const liveAttributes = (url: string, everyMs: number) => ({
  'hx-get': url,
  'hx-trigger': 'live',
  'hx-swap': 'outerMorph',
  ...ON_FAILURE,
  'data-live-ms': everyMs,
})

/** Attributes of the root of a part that is waited for: it asks until what it shows is over. */
export const waitingAttributes = (url: string, everySeconds = 1) => ({
  'hx-get': url,
  'hx-trigger': `every ${everySeconds}s`,
  'hx-swap': 'outerHTML',
  ...ON_FAILURE,
})

/** As `waitingAttributes`, of a line that goes away with what it stands for. */
export const waitingLineAttributes = (url: string, everySeconds = 1) => ({
  'hx-status:404': 'swap:delete',
  ...waitingAttributes(url, everySeconds),
})
