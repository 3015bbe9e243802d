// Checklists of the demonstration: invented, and said to be.
import type { DemoChecklistItem } from '#src/demo/model.ts'

const INVENTED = 'From the demonstration (invented).'

const HANDOVER = [
  'Open and close every window and door',
  'Run every tap and look under every sink',
  'Switch on every light and try every socket that matters to you',
  'Find the stopcock and the fuse board',
  'Have the heating controls explained',
  'Count the keys and try each of them',
]
const MOVING_IN = [
  'Put your name on the electricity account, with the meter reading',
  'Arrange home insurance from the day of handover',
  'Register appliances for their guarantees',
  'Put the day of the bin collection in your calendar',
]

export function estateChecklists(): DemoChecklistItem[] {
  const items = (checklist: DemoChecklistItem['checklist'], titles: string[]) =>
    titles.map((title, i) => ({ checklist, title, note: i === 0 ? INVENTED : null }))
  return [...items('handover', HANDOVER), ...items('moving_in', MOVING_IN)]
}
