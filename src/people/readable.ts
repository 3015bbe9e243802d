// The page of a copy of somebody's data: one file, no scripts, nothing from elsewhere.
import type { PersonMessage } from '#db/person-data.ts'
import type { Collected } from './archive.ts'

const dateTime = new Intl.DateTimeFormat('en-IE', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Europe/Dublin',
})
const text = (value: unknown): string => Bun.escapeHTML(String(value))

const HEADINGS: Record<string, string> = {
  sessions: 'Devices that were signed in',
  scans_of_the_home: 'Scans of your home’s code',
  opened_by_you: 'Documents you opened',
  looked_at_by_others: 'Who looked at your home’s data',
  snags: 'Snags you reported',
  notices_read: 'Notices you marked as read',
  preferences: 'What you want to be told, and in which language',
  mails: 'E-mails to you',
  activity: 'What you did',
}

export function readablePage({ madeAt, profile, messages, isComplete, files }: Collected): string {
  const lists = Object.entries(files).map(
    ([name, rows]) => `<section><h2>${text(HEADINGS[name] ?? name)}</h2>${table(rows)}</section>`,
  )
  return `<!doctype html>
<html lang="en-IE">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Your data</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: #0c0c0c; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { border-bottom: 1px solid #ddd; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.question { font-weight: 600; margin-bottom: 0; }
.answer { white-space: pre-line; margin-top: .25rem; }
time { color: #555; font-size: 14px; }
</style>
</head>
<body>
<h1>Your data</h1>
<p>Made on ${text(dateTime.format(madeAt))}. The JSON files beside this page hold the same for programs.</p>
<section><h2>You and your home</h2>${definitions(profile)}</section>
<section><h2>Your questions and their answers</h2>${
    isComplete ? '' : '<p>There are more than could be put into one copy; ask the builder for the rest.</p>'
  }${messages.length === 0 ? '<p>None.</p>' : messages.map(turn).join('\n')}</section>
${lists.join('\n')}
</body>
</html>
`
}

const turn = (message: PersonMessage) => `<article>
<p class="question">${text(message.question)}</p>
<time>${when(message.at)}</time>
<p class="answer">${message.answer === null ? 'Not answered.' : text(message.answer)}</p>
</article>`

function definitions(value: Record<string, unknown>): string {
  const rows = Object.entries(value).flatMap(([name, of]) =>
    of !== null && typeof of === 'object' && !(of instanceof Date)
      ? Object.entries(of).map(([inner, each]) => row(inner, each))
      : [row(name, of)],
  )
  return `<table><tbody>${rows.join('')}</tbody></table>`
}

const row = (name: string, value: unknown) =>
  `<tr><th scope="row">${label(name)}</th><td>${cell(value)}</td></tr>`

function table(rows: readonly unknown[]): string {
  if (rows.length === 0) return '<p>None.</p>'
  const columns = Object.keys(rows[0] as object).filter((name) => name !== 'id')
  const head = columns.map((name) => `<th scope="col">${label(name)}</th>`).join('')
  const body = rows.map(
    (each) =>
      `<tr>${columns.map((name) => `<td>${cell((each as Record<string, unknown>)[name])}</td>`).join('')}</tr>`,
  )
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

const label = (name: string) => {
  const words = name
    .replace(/([A-Z])/g, ' $1')
    .replaceAll('_', ' ')
    .toLowerCase()
  return text(words.charAt(0).toUpperCase() + words.slice(1))
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (value instanceof Date) return when(value)
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}[ T]\d{2}:/.test(value)) return when(value)
  return text(typeof value === 'object' ? JSON.stringify(value) : value)
}

const when = (value: Date | string) => text(dateTime.format(new Date(value)))
