// What is recorded of a home, and the form that corrects it in its place.
import { formatArea, formatDate } from '#views/format.ts'
import { Button } from '#views/parts/button.tsx'
import { Card } from '#views/parts/card.tsx'
import { Field } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'

type FieldName = 'address_line' | 'eircode' | 'handed_over_on' | 'bedrooms' | 'floor_area_m2'

export type HomeDetailsView = {
  saved: {
    eircode: string | null
    handedOverOn: Date | null
    bedrooms: number | null
    floorAreaM2: number | null
    hasPosition: boolean
  }
  /** As they are, or as they were typed and refused. */
  values: Record<FieldName, string>
  isOpen: boolean
  problem(field: FieldName): string | undefined
}

const FIELDS: { name: FieldName; label: string; hint?: string; maxlength: number }[] = [
  { name: 'address_line', label: 'Address', maxlength: 300 },
  { name: 'eircode', label: 'Eircode', maxlength: 10 },
  { name: 'handed_over_on', label: 'Handed over on', hint: 'Such as 3/11/2026', maxlength: 30 },
  { name: 'bedrooms', label: 'Bedrooms', maxlength: 12 },
  { name: 'floor_area_m2', label: 'Floor area in m²', maxlength: 12 },
]

export const HomeDetails = ({ homeId, details }: { homeId: string; details: HomeDetailsView }) => (
  <Card title="Details" id="details" className="stack">
    <Saved {...details.saved} />
    <details class="disclosure" open={details.isOpen}>
      <summary>Correct these details</summary>
      <form class="stack" method="post" action={paths.developer.homeChanges(homeId)}>
        {FIELDS.map((field) => (
          <Field
            {...field}
            value={details.values[field.name]}
            error={details.problem(field.name)}
            autocomplete="off"
          />
        ))}
        <Button>Save</Button>
      </form>
    </details>
  </Card>
)

const Saved = ({ eircode, handedOverOn, bedrooms, floorAreaM2, hasPosition }: HomeDetailsView['saved']) => {
  const rows = [
    ['Eircode', eircode ? `${eircode.slice(0, 3)} ${eircode.slice(3)}` : 'Not recorded'],
    ['Handed over', handedOverOn ? formatDate(handedOverOn) : 'Not yet'],
    ['Bedrooms', bedrooms === null ? 'Not recorded' : String(bedrooms)],
    ['Floor area', floorAreaM2 === null ? 'Not recorded' : formatArea(floorAreaM2)],
    ['Position on the map', hasPosition ? 'Known' : 'Missing'],
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
