// What a contractor's link shows: the snags to repair, and a form at each to say that it is done.

import { count, formatDate, formatDateTime } from '#views/format.ts'
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge } from '#views/parts/card.tsx'
import { TextArea } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import { SnagPhoto } from '#views/purchaser/snags.tsx'
import { SNAG_CATEGORIES, type SnagCategoryKey } from '#views/snag-words.ts'

export type ContractorSnagView = {
  id: string
  room: string
  category: SnagCategoryKey
  description: string
  address: string
  photoUrl: string | null
  reportedAt: Date
  doneAt: Date | null
  isClosed: boolean
  /** What was typed and refused. */
  note?: string | undefined
  error?: string | undefined
}

export type ContractorProps = {
  token: string
  contractor: string
  developmentName: string
  expiresAt: Date
  snags: ContractorSnagView[]
  isSaid: boolean
}

export const ContractorPage = (props: ContractorProps) => (
  <SignedOutPage
    title="Snags to repair"
    heading={`Snags to repair at ${props.developmentName}`}
    lead={`For ${props.contractor}: ${count(props.snags.length, 'snag')}. This link is good until ${formatDate(props.expiresAt)}.`}
    footer="Whoever has this link sees these snags. Do not pass it on."
  >
    {props.isSaid && <Notice tone="success">Thank you. The builder sees it and has a look.</Notice>}
    <ul class="contractor-snags">
      {props.snags.map((snag) => (
        <Snag snag={snag} token={props.token} />
      ))}
    </ul>
  </SignedOutPage>
)

const Snag = ({ snag, token }: { snag: ContractorSnagView; token: string }) => (
  <li>
    <h2>{snag.address}</h2>
    <p>
      <strong>
        {snag.room}: {SNAG_CATEGORIES[snag.category]}
      </strong>
    </p>
    <p class="snag-words">{snag.description}</p>
    <SnagPhoto {...snag} />
    <p class="hint">Reported {formatDate(snag.reportedAt)}</p>
    {snag.isClosed ? (
      <Badge tone="success">Closed by the builder</Badge>
    ) : snag.doneAt ? (
      <Badge tone="gold">{`You said done on ${formatDateTime(snag.doneAt)}`}</Badge>
    ) : (
      <form class="stack" method="post" action={paths.contractorDone(token, snag.id)}>
        <TextArea
          label="Note for the builder and the household"
          name="note"
          id={`note-${snag.id}`}
          rows={2}
          value={snag.note}
          error={snag.error}
          maxlength={800}
        />
        <Button>It is done</Button>
      </form>
    )}
  </li>
)
