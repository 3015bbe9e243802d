// One home: its details and household, its card, what happened to it, and repairs.
import { type ChecklistProgressView, HomeChecklists } from '#views/developer/checklists.tsx'
import { HomeAccess } from '#views/developer/home-access.tsx'
import { HomeDetails, type HomeDetailsView } from '#views/developer/home-details.tsx'
import { type HomeEventView, HomeTimeline } from '#views/developer/home-timeline.tsx'
import { HomeTransfer } from '#views/developer/home-transfer.tsx'
import { RepairForms, type RepairFormView } from '#views/developer/repair-forms.tsx'
import { formatDateTime } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'
import type { TransferView } from '#views/purchaser/moving-on.tsx'
import { tenureWords } from '#views/tenure-words.ts'

export type RepairView = {
  id: string
  kind: 'move' | 'exchange' | 'house_type' | 'undo'
  reason: string
  createdAt: Date
  undoneAt: Date | null
  isUndoable: boolean
}

export type HomeDone = 'repaired' | 'undone' | 'changed' | 'link' | 'moving_on' | 'moved_on' | 'not_moving_on'

export type DeveloperHomeProps = {
  shell: StaffShell
  developmentName: string
  homesUrl: string
  home: { id: string; number: string; address: string; houseType: string }
  people: { id: string; fullName: string }[]
  houseTypes: { value: string; label: string }[]
  repairs: RepairView[]
  details: HomeDetailsView
  /** Only just after it was asked for or made anew. */
  accessCode: string | null
  checklists: ChecklistProgressView[]
  events: HomeEventView[]
  transfer: TransferView | null
  transferError: string | null
  /** What was sent and refused, so that nothing has to be typed again. */
  form: RepairFormView | null
  done: HomeDone | null
}

export const DeveloperHomePage = (props: DeveloperHomeProps) => (
  <StaffPage
    title={props.home.address}
    shell={props.shell}
    active="homes"
    switchAction={paths.developer.homes()}
  >
    <header class="staff-header">
      <a class="back-link" href={props.homesUrl}>
        <Icon name="chevronLeft" /> Homes
      </a>
      <p class="eyebrow">{props.developmentName}</p>
      <h1>{props.home.address}</h1>
    </header>
    {props.done && (
      <Notice tone="success">
        <p>{DONE[props.done]}</p>
      </Notice>
    )}
    <Card title={`No. ${props.home.number}, house type ${props.home.houseType}`}>
      {props.people.length > 0 ? (
        <ul>
          {props.people.map((person) => (
            <li>{person.fullName}</li>
          ))}
        </ul>
      ) : (
        <p>No {tenureWords(props.details.saved.tenure).person} is recorded.</p>
      )}
    </Card>
    <HomeDetails homeId={props.home.id} details={props.details} />
    <HomeAccess homeId={props.home.id} accessCode={props.accessCode} />
    <HomeChecklists checklists={props.checklists} />
    <HomeTransfer homeId={props.home.id} transfer={props.transfer} error={props.transferError} />
    <HomeTimeline events={props.events} words={tenureWords(props.details.saved.tenure)} />
    {props.repairs.length > 0 && <RepairsTable {...props} />}
    <RepairForms {...props} />
  </StaffPage>
)

const DONE: Record<HomeDone, string> = {
  changed: 'Saved.',
  link: 'The home has a new link. The printed card with the old one opens nothing any more: print it again.',
  repaired:
    'Corrected. Where people changed homes, both homes have a new link and code: print their cards again.',
  moving_on: 'Started. The household has been asked to confirm it in its app.',
  moved_on:
    'Confirmed by both. Nobody of the old household is signed in any more; print the new card for the next owner.',
  not_moving_on: 'Withdrawn. Nothing has changed.',
  undone: 'Taken back. The home is as it was before, with the link and code of before.',
}

const COLUMNS: Column[] = [
  { label: 'Correction' },
  { label: 'Reason' },
  { label: 'When' },
  { label: 'Undo', hiddenLabel: true },
]

const REPAIR_LABEL: Record<RepairView['kind'], string> = {
  move: 'Purchasers moved',
  exchange: 'Households exchanged',
  house_type: 'House type corrected',
  undo: 'Taken back',
}

const RepairsTable = ({ home, repairs }: DeveloperHomeProps) => (
  <Table caption="Corrections of this home" columns={COLUMNS}>
    {repairs.map((repair) => (
      <tr>
        <th scope="row">{REPAIR_LABEL[repair.kind]}</th>
        <td>{repair.reason}</td>
        <td class="cell-date">{formatDateTime(repair.createdAt)}</td>
        <td>
          {repair.undoneAt && <Badge>Undone</Badge>}
          {repair.isUndoable && (
            <form method="post" action={paths.developer.homeRepairUndo(home.id, repair.id)}>
              <Button tone="quiet" small>
                Undo
              </Button>
            </form>
          )}
        </td>
      </tr>
    ))}
  </Table>
)
