// Naming a scheme: the first step of a builder, and how further developments are added.
import { Button } from '#views/parts/button.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'
import { TENURES, type TenureKey, tenureWords } from '#views/tenure-words.ts'

export type NewDevelopmentView = {
  values: {
    name: string
    address_line: string
    locality: string
    county: string
    eircode: string
    tenure: TenureKey
  }
  problem(field: string): string | undefined
}

export const blankDevelopment: NewDevelopmentView = {
  values: { name: '', address_line: '', locality: '', county: '', eircode: '', tenure: 'sale' },
  problem: () => undefined,
}

export const tenureOptions = TENURES.map((value) => ({ value, label: tenureWords(value).label }))

export const NewDevelopmentForm = ({ values, problem }: NewDevelopmentView) => (
  <form class="form-grid" method="post" action={paths.developer.developments()}>
    <Field
      label="Name of the scheme"
      name="name"
      value={values.name}
      maxlength={120}
      hint="As people call it, such as Longview Park"
      error={problem('name')}
    />
    <Select
      label="Homes are"
      name="tenure"
      value={values.tenure}
      options={tenureOptions}
      error={problem('tenure')}
    />
    <Field
      label="Street"
      name="address_line"
      value={values.address_line}
      maxlength={300}
      error={problem('address_line')}
    />
    <Field
      label="Town or area"
      name="locality"
      value={values.locality}
      maxlength={120}
      error={problem('locality')}
    />
    <Field label="County" name="county" value={values.county} maxlength={60} error={problem('county')} />
    <Field
      label="Eircode, if it has one"
      name="eircode"
      value={values.eircode}
      maxlength={10}
      error={problem('eircode')}
    />
    <div class="row-actions">
      <Button>Add the scheme</Button>
    </div>
  </form>
)
