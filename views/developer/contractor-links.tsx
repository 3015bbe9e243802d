// Links for contractors: the form that makes one, the one time its address is shown, and what became of it.
import { count, formatDate, formatDateTime } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'

export type ContractorFormProps = {
  days: readonly number[]
  values: { contractor: string; days: number }
  errors: { contractor?: string | undefined; snags?: string | undefined }
}

/** The fields only: the form around them also names the snags. */
export const ContractorForm = ({ days, values, errors }: ContractorFormProps) => (
  <fieldset class="contractor-form">
    <legend>A link for the contractor</legend>
    <p class="field-hint">
      It shows the chosen snags with their addresses, nothing of the people, and lets the contractor say what
      is done.
    </p>
    {errors.snags && <p class="field-error">{errors.snags}</p>}
    <div class="inline-form">
      <Field
        label="Who repairs it"
        name="contractor"
        value={values.contractor}
        error={errors.contractor}
        maxlength={120}
      />
      <Select
        label="Good for"
        name="days"
        options={days.map((each) => ({ value: String(each), label: count(each, 'day') }))}
        value={String(values.days)}
      />
      <Button tone="quiet">Make a link</Button>
    </div>
  </fieldset>
)

export type ContractorLinkView = {
  id: string
  contractor: string
  expiresAt: Date
  state: 'live' | 'expired' | 'withdrawn'
  doneAt: Date | null
}

const STATES = {
  live: { label: 'Link is good', tone: 'success' },
  expired: { label: 'Link expired', tone: 'plain' },
  withdrawn: { label: 'Link withdrawn', tone: 'plain' },
} as const

function stateOf({ doneAt, state, expiresAt }: ContractorLinkView): string {
  if (doneAt) return `Said done ${formatDateTime(doneAt)}`
  return state === 'live' ? `Good until ${formatDate(expiresAt)}` : 'Nothing was said'
}

export const ContractorLinks = ({ links }: { links: ContractorLinkView[] }) =>
  links.length === 0 ? (
    <p class="hint">Nobody has a link to this snag.</p>
  ) : (
    <ul class="record-list">
      {links.map((link) => (
        <li>
          <strong>{link.contractor}</strong>
          <span>
            <Badge tone={STATES[link.state].tone}>{STATES[link.state].label}</Badge>
          </span>
          <small>{stateOf(link)}</small>
          {link.state === 'live' && (
            <form method="post" action={paths.developer.contractorLinkWithdrawal(link.id)}>
              <Button tone="quiet" small>
                Withdraw the link
              </Button>
            </form>
          )}
        </li>
      ))}
    </ul>
  )

export type NewContractorLinkProps = {
  shell: StaffShell
  developmentId: string
  link: { url: string; contractor: string; snags: number; expiresAt: Date }
}

export const NewContractorLinkPage = ({ shell, developmentId, link }: NewContractorLinkProps) => (
  <StaffPage
    title="Link for a contractor"
    shell={shell}
    active="snags"
    switchAction={paths.developer.snags()}
  >
    <h1>Link for {link.contractor}</h1>
    <Card>
      <p>
        It shows {count(link.snags, 'snag')} until {formatDate(link.expiresAt)}. It is not shown again: copy
        it into a message to the contractor.
      </p>
      <p>
        <code class="secret">{link.url}</code>
      </p>
      <p>Whoever has it sees these snags, so give it to nobody else. It can be withdrawn at each of them.</p>
      <ButtonLink href={paths.developer.snags({ development: developmentId })} tone="quiet">
        Back to the snags
      </ButtonLink>
    </Card>
  </StaffPage>
)
