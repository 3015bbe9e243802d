// The form of a contractor's link again, when something was missing: what was chosen stays chosen.
import { ContractorForm, type ContractorFormProps } from '#views/developer/contractor-links.tsx'
import { count } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { Card } from '#views/parts/card.tsx'
import { paths } from '#views/paths.ts'

export type ContractorLinkFormProps = {
  shell: StaffShell
  developmentId: string
  snagIds: readonly string[]
  form: ContractorFormProps
}

export const ContractorLinkFormPage = ({ shell, developmentId, snagIds, form }: ContractorLinkFormProps) => (
  <StaffPage
    title="Link for a contractor"
    shell={shell}
    active="snags"
    switchAction={paths.developer.snags()}
  >
    <h1>Link for a contractor</h1>
    <Card>
      <p>{count(snagIds.length, 'snag')} chosen.</p>
      <form
        class="stack"
        method="post"
        action={paths.developer.contractorLinks({ development: developmentId })}
      >
        {snagIds.map((id) => (
          <input type="hidden" name="snags" value={id} />
        ))}
        <ContractorForm {...form} />
      </form>
      <ButtonLink href={paths.developer.snags({ development: developmentId })} tone="quiet">
        Back to the snags
      </ButtonLink>
    </Card>
  </StaffPage>
)
