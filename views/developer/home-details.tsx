// What is recorded of a home, and the form that corrects it in its place.
import { formatArea, formatDate } from '#views/format.ts'
import { Button } from '#views/parts/button.tsx'
import { Card } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'
import { HOME_TENURES, type TenureWords, tenureWords } from '#views/tenure-words.ts'

type FieldName = 'address_line' | 'eircode' | 'handed_over_on' | 'bedrooms' | 'floor_area_m2' | 'phase'

export type HomeDetailsView = {
  saved: {
    eircode: string | null
    handedOverOn: Date | null
    bedrooms: number | null
    floorAreaM2: number | null
    hasPosition: boolean
    tenure: 'sale' | 'rent'
    phase: string | null
  }
  /** Whether the development has homes of both kinds, so that each says for itself. */
  isMixed: boolean
  tenure: 'sale' | 'rent'
  /** As they are, or as they were typed and refused. */
  values: Record<FieldName, string>
  isOpen: boolean
  problem(field: FieldName): string | undefined
}

const fieldsOf = ({
  movedIn,
}: TenureWords): { name: FieldName; label: string; hint?: string; maxlength: number }[] => [
  { name: 'address_line', label: 'Address', maxlength: 300 },
  { name: 'eircode', label: 'Eircode', maxlength: 10 },
  { name: 'handed_over_on', label: `${movedIn} on`, hint: 'Such as 3/11/2026', maxlength: 30 },
  { name: 'bedrooms', label: 'Bedrooms', maxlength: 12 },
  { name: 'floor_area_m2', label: 'Floor area in m²', maxlength: 12 },
  { name: 'phase', label: 'Phase', hint: 'Of the building works, such as 2', maxlength: 46 },
]

export const HomeDetails = ({ homeId, details }: { homeId: string; details: HomeDetailsView }) => (
  <Card title="Details" id="details" className="stack">
    <Saved {...details.saved} isMixed={details.isMixed} />
    <details class="disclosure" open={details.isOpen}>
      <summary>Correct these details</summary>
      <form class="stack" method="post" action={paths.developer.homeChanges(homeId)}>
        {fieldsOf(tenureWords(details.saved.tenure)).map((field) => (
          <Field
            {...field}
            value={details.values[field.name]}
            error={details.problem(field.name)}
            autocomplete="off"
          />
        ))}
        {details.isMixed && (
          <Select label="Sold or let" name="tenure" value={details.tenure} options={HOME_TENURES} />
        )}
        <Button>Save</Button>
      </form>
    </details>
  </Card>
)

const Saved = (saved: HomeDetailsView['saved'] & { isMixed: boolean }) => {
  const { eircode, handedOverOn, bedrooms, floorAreaM2, hasPosition } = saved
  const rows = [
    ['Eircode', eircode ? `${eircode.slice(0, 3)} ${eircode.slice(3)}` : 'Not recorded'],
    [tenureWords(saved.tenure).movedIn, handedOverOn ? formatDate(handedOverOn) : 'Not yet'],
    ['Bedrooms', bedrooms === null ? 'Not recorded' : String(bedrooms)],
    ['Floor area', floorAreaM2 === null ? 'Not recorded' : formatArea(floorAreaM2)],
    ['Position on the map', hasPosition ? 'Known' : 'Missing'],
    ...(saved.phase ? [['Phase', saved.phase]] : []),
    ...(saved.isMixed ? [['Sold or let', saved.tenure === 'rent' ? 'Let' : 'Sold']] : []),
  ]
  return (
    <dl class="job-facts">
      {rows.map(([label, value]) => (
        <div class="job-fact">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
