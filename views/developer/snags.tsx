// One snag for the builder: its history, the form that moves it, and the contractor who repairs it.
import {
  ContractorForm,
  type ContractorFormProps,
  ContractorLinks,
  type ContractorLinkView,
} from '#views/developer/contractor-links.tsx'
import type { StaffSnagView } from '#views/developer/snag-board.tsx'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, CardForm } from '#views/parts/card.tsx'
import { Select, TextArea } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import { SnagBody, SnagHistory, type SnagStep, StatusBadge } from '#views/purchaser/snags.tsx'
import { SNAG_CATEGORIES, SNAG_STATUSES, type SnagStatusKey } from '#views/snag-words.ts'

export type StaffSnagProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  snag: StaffSnagView
  steps: SnagStep[]
  form: { status: SnagStatusKey; note: string; error?: string | undefined }
  isMoved: boolean
  contractor: ContractorFormProps
  links: ContractorLinkView[]
}

export const StaffSnagPage = ({ snag, form, ...props }: StaffSnagProps) => (
  <StaffPage title="Snag" shell={props.shell} active="snags" switchAction={paths.developer.snags()}>
    <a class="back-link" href={paths.developer.snags({ development: props.developmentId })}>
      <Icon name="chevronLeft" /> Snags
    </a>
    <header class="staff-header">
      <p class="eyebrow">
        {snag.address} · {SNAG_CATEGORIES[snag.category]}
      </p>
      <h1>{snag.room}</h1>
      <StatusBadge status={snag.status} />
      {snag.isSaidDone && <Badge tone="gold">Contractor says done</Badge>}
    </header>
    {props.isMoved && <Notice tone="success">Saved. The household sees it in their app.</Notice>}
    <div class="snag-columns">
      <SnagBody snag={snag} />
      <CardForm action={paths.developer.snag(snag.id)}>
        <Select
          label="Status"
          name="status"
          options={Object.entries(SNAG_STATUSES).map(([value, { label }]) => ({ value, label }))}
          value={form.status}
        />
        <TextArea
          label="Note to the household"
          name="note"
          hint="They read it as it stands here."
          value={form.note}
          error={form.error}
          maxlength={1000}
        />
        <Button>Save</Button>
      </CardForm>
    </div>
    <Card title="Contractor" id="repair-links">
      <ContractorLinks links={props.links} />
      {!snag.closedAt && (
        <form
          class="stack"
          method="post"
          action={paths.developer.contractorLinks({ development: props.developmentId })}
        >
          <input type="hidden" name="snags" value={snag.id} />
          <ContractorForm {...props.contractor} />
        </form>
      )}
    </Card>
    <Card title="History">
      <SnagHistory steps={props.steps} reportedAt={snag.reportedAt} />
    </Card>
  </StaffPage>
)
