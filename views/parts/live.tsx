// A part of a page that asks for itself again while it may change; staff.js triggers it, and not in a hidden tab.

/** Attributes of the part's root. A response whose root lacks them ends the asking. */
export const liveAttributes = (url: string, everyMs: number) => ({
  'hx-get': url,
  'hx-trigger': 'live',
  'hx-swap': 'outerMorph',
  'hx-status:4xx': 'swap:none',
  'hx-status:5xx': 'swap:none',
  'data-live-ms': everyMs,
})
