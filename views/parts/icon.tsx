// The outline icon set: 24 px grid, 1.6 px strokes in the colour of the text around them.
import { raw } from '#views/jsx-runtime.ts'

const ICONS = {
  alert: '<path d="M12 4 2.8 20h18.4L12 4Z"/><path d="M12 10v4.5M12 17.3v.2"/>',
  bookmark: '<path d="M7 4h10v16l-5-4-5 4V4Z"/>',
  building:
    '<path d="M5 21V5l8-2v18M13 8l6 2v11M3 21h18"/><path d="M8.5 8v.1M8.5 12v.1M8.5 16v.1M16 13.5v.1M16 17v.1"/>',
  chat: '<path d="M4 5h16v11H10l-4.5 4V16H4V5Z"/><path d="M8.5 9.2h7M8.5 12h4.5"/>',
  chart: '<path d="M4 4v16h16"/><path d="M8.5 16v-4M13 16V8M17.5 16v-6"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  chevronDown: '<path d="m6 9.5 6 6 6-6"/>',
  chevronLeft: '<path d="m14.5 6-6 6 6 6"/>',
  chevronRight: '<path d="m9.5 6 6 6-6 6"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
  close: '<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>',
  document: '<path d="M6 3h8l4.5 4.5V21H6V3Z"/><path d="M14 3v5h4.5M9.5 12.5h5.5M9.5 16h5.5"/>',
  download: '<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>',
  external: '<path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9"/>',
  gauge: '<path d="M4.5 18a8.5 8.5 0 1 1 15 0M12 14l3.5-4.5"/>',
  gear: '<circle cx="12" cy="12" r="3.2"/><path d="M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M18 6l-2.1 2.1M8.1 15.9 6 18"/>',
  home: '<path d="M4 11 12 4l8 7v9H4v-9Z"/><path d="M9.5 20v-6h5v6"/>',
  jobs: '<path d="M4 6h16M4 12h16M4 18h16"/><circle cx="8" cy="6" r="1.8"/><circle cx="15" cy="12" r="1.8"/><circle cx="10" cy="18" r="1.8"/>',
  key: '<circle cx="8" cy="15" r="4"/><path d="m11 12 8.5-8.5M16 7l3 3"/>',
  map: '<path d="M12 21s6.5-6 6.5-11a6.5 6.5 0 1 0-13 0c0 5 6.5 11 6.5 11Z"/><circle cx="12" cy="10" r="2.3"/>',
  notice: '<path d="M4 10v5h3l9 4V6L7 10H4Z"/><path d="M19 10.5v4M7.5 15v5h3v-3.6"/>',
  phone:
    '<path d="M6 3.5h3.2l1.6 4.3-2.1 1.6a12 12 0 0 0 5.9 5.9l1.6-2.1 4.3 1.6V18a2.5 2.5 0 0 1-2.7 2.5C10.4 19.9 4.1 13.6 3.5 6.2A2.5 2.5 0 0 1 6 3.5Z"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  pulse: '<path d="M3 12.5h4l2.5-6 4 12 2.5-6h5"/>',
  question:
    '<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.6a2.5 2.5 0 1 1 3.4 2.3c-.7.3-1 .8-1 1.6M12 16.5v.1"/>',
  refresh: '<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4h-4"/>',
  report:
    '<path d="M8.6 3.5h6.8l5.1 5.1v6.8l-5.1 5.1H8.6l-5.1-5.1V8.6l5.1-5.1Z"/><path d="M12 8v5M12 16v.2"/>',
  send: '<path d="M12 19V5M6 11l6-6 6 6"/>',
  signOut: '<path d="M14 4H5v16h9M10 12h10M16.5 8.5 20 12l-3.5 3.5"/>',
  spark: '<path d="M12 3.5 13.8 10l6.7 2-6.7 2L12 20.5 10.2 14l-6.7-2 6.7-2L12 3.5Z"/>',
  stop: '<rect x="7" y="7" width="10" height="10" rx="1.5"/>',
  tail: '<path d="M4 5h16v14H4zM7.5 9.5l3 2.5-3 2.5M12.5 15h4"/>',
  toggle: '<rect x="3" y="7" width="18" height="10" rx="5"/><circle cx="16" cy="12" r="2.4"/>',
  today: '<path d="M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z"/>',
  upload: '<path d="M12 16V5M7 9.5l5-5 5 5M5 20h14"/>',
  user: '<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6"/>',
  users:
    '<circle cx="9" cy="9" r="3.5"/><path d="M2.8 19.5c.8-3.4 3.2-5 6.2-5s5.4 1.6 6.2 5M15.5 5.8a3.4 3.4 0 0 1 0 6.4M17.5 14.9c2 .6 3.2 2.1 3.7 4.6"/>',
  wrench:
    '<path d="M20 7.6a4.8 4.8 0 0 1-6.4 5.6L7.4 19.4a2 2 0 0 1-2.8-2.8l6.2-6.2A4.8 4.8 0 0 1 16.4 4l-2.8 2.8.6 3 3 .6L20 7.6Z"/>',
} as const

export type IconName = keyof typeof ICONS

/** Always decorative: the words beside it, or the label of its button, say what it means. */
export const Icon = ({ name }: { name: IconName }) =>
  raw(
    `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${ICONS[name]}</svg>`,
  )

/** What of a builder's look the pages need; null is that of OpenHouse. */
export type Brand = { accent: string | null; logoUrl: string | null }

/** Its name stands beside it. */
export const BrandMark = ({ brand }: { brand?: Brand | undefined }) =>
  brand?.logoUrl ? <img class="brand-logo" src={brand.logoUrl} alt="" height="32" /> : <Mark />

/** The product's mark: a doorway in a house, drawn with the two brand colours. */
export const Mark = () =>
  raw(
    '<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="8" fill="#0C0C0C"/><path d="M7.5 15.5 16 8l8.5 7.5V24h-5v-6.5h-7V24h-5z" fill="none" stroke="#D4AF37" stroke-width="1.8" stroke-linejoin="round"/></svg>',
  )
