// What kinds of notices are called.

export const NOTICE_CATEGORIES = {
  general: 'General',
  works: 'Works on site',
  utilities: 'Water, power and waste',
  safety: 'Safety',
  event: 'Event',
} as const

export type NoticeCategoryKey = keyof typeof NOTICE_CATEGORIES
