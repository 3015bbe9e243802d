// What is wrong with a document although it was read, as labels with words.
import { count, formatBytes, formatDay } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { Badge } from '#views/parts/card.tsx'

export type QualityView =
  | { kind: 'without_text'; pages: number }
  | { kind: 'large'; sizeBytes: number }
  | { kind: 'expired'; on: string }
  | { kind: 'expires_soon'; on: string }

export const QualityFlags = ({ flags }: { flags: QualityView[] }) => (
  <Fragment>
    {flags.map((flag) => (
      <Badge tone={flag.kind === 'expired' ? 'error' : 'warning'}>{wordsOf(flag)}</Badge>
    ))}
  </Fragment>
)

function wordsOf(flag: QualityView): string {
  switch (flag.kind) {
    case 'without_text':
      return `${count(flag.pages, 'page')} without text`
    case 'large':
      return `Large for phones: ${formatBytes(flag.sizeBytes)}`
    case 'expired':
      return `Expired ${formatDay(flag.on)} ${flag.on.slice(0, 4)}`
    case 'expires_soon':
      return `Expires ${formatDay(flag.on)} ${flag.on.slice(0, 4)}`
  }
}
