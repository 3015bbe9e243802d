// Form fields: a visible label, an optional hint, and the error that belongs to the field.
import type { Child } from '#views/jsx-runtime.ts'

type FieldProps = {
  label: string
  name: string
  /** Ids must be unique on a page; the name serves unless two forms share it. */
  id?: string
  type?: 'text' | 'email' | 'password' | 'search' | 'date' | 'datetime-local'
  value?: string | undefined
  hint?: string | undefined
  error?: string | undefined
  required?: boolean
  autocomplete?: string
  inputmode?: string
  autocapitalize?: string
  maxlength?: number
  autofocus?: boolean
  className?: string
}

const describedBy = (id: string, hint?: string, error?: string) =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined

const Frame = (props: {
  id: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  children: Child
}) => (
  <div class={props.error ? 'field field-invalid' : 'field'}>
    <label class="field-label" for={props.id}>
      {props.label}
    </label>
    {props.hint && (
      <p class="field-hint" id={`${props.id}-hint`}>
        {props.hint}
      </p>
    )}
    {props.children}
    {props.error && (
      <p class="field-error" id={`${props.id}-error`}>
        {props.error}
      </p>
    )}
  </div>
)

export const Field = ({
  label,
  name,
  id = name,
  type = 'text',
  hint,
  error,
  className,
  ...rest
}: FieldProps) => (
  <Frame id={id} label={label} hint={hint} error={error}>
    <input
      class={className ? `input ${className}` : 'input'}
      id={id}
      name={name}
      type={type}
      aria-describedby={describedBy(id, hint, error)}
      aria-invalid={error ? 'true' : undefined}
      {...rest}
    />
  </Frame>
)

type TextAreaProps = Omit<
  FieldProps,
  'type' | 'inputmode' | 'autocapitalize' | 'className' | 'autocomplete'
> & {
  rows?: number
}

export const TextArea = ({
  label,
  name,
  id = name,
  value,
  hint,
  error,
  rows = 4,
  ...rest
}: TextAreaProps) => (
  <Frame id={id} label={label} hint={hint} error={error}>
    <textarea
      class="input"
      id={id}
      name={name}
      rows={String(rows)}
      aria-describedby={describedBy(id, hint, error)}
      aria-invalid={error ? 'true' : undefined}
      {...rest}
    >
      {value}
    </textarea>
  </Frame>
)

type FileFieldProps = {
  label: string
  name: string
  id?: string
  accept: string
  hint?: string
  error?: string | undefined
  required?: boolean
}

export const FileField = ({ label, name, id = name, accept, hint, error, required }: FileFieldProps) => (
  <Frame id={id} label={label} hint={hint} error={error}>
    <input
      class="input"
      id={id}
      name={name}
      type="file"
      accept={accept}
      required={required}
      aria-describedby={describedBy(id, hint, error)}
      aria-invalid={error ? 'true' : undefined}
    />
  </Frame>
)

type SelectProps = {
  label: string
  name: string
  id?: string
  options: { value: string; label: string }[]
  value?: string | undefined
  hint?: string
  error?: string | undefined
}

export const Select = ({ label, name, id = name, options, value, hint, error }: SelectProps) => (
  <Frame id={id} label={label} hint={hint} error={error}>
    <select class="input" id={id} name={name} aria-describedby={describedBy(id, hint, error)}>
      {options.map((option) => (
        <option value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  </Frame>
)

type ChoiceProps = {
  name: string
  value: string
  id?: string
  label: string
  hint?: string | undefined
  checked?: boolean
  required?: boolean
  describedBy?: string | undefined
}

/** One box to tick; the label around it is a target of a finger's size. */
export const Choice = ({ label, hint, describedBy, ...box }: ChoiceProps) => (
  <label class="choice" for={box.id}>
    <input type="checkbox" {...box} aria-describedby={describedBy} />
    <span>
      {label}
      {hint && <small>{hint}</small>}
    </span>
  </label>
)

type ConfirmationProps = { name: string; id?: string; label: string; error: string | null | undefined }

/** Ticked before something that cannot be undone. */
export const Confirmation = ({ name, id = name, label, error }: ConfirmationProps) => (
  <div class={error ? 'field field-invalid' : 'field'}>
    <Choice name={name} value="yes" label={label} describedBy={error ? `${id}-error` : undefined} />
    {error && (
      <p class="field-error" id={`${id}-error`}>
        {error}
      </p>
    )}
  </div>
)

type CheckboxesProps = {
  legend: string
  name: string
  options: { value: string; label: string; hint?: string | undefined }[]
  checked?: string[]
  hint?: string
  error?: string | undefined
}

export const Checkboxes = ({ legend, name, options, checked = [], hint, error }: CheckboxesProps) => (
  <fieldset class={error ? 'field field-invalid' : 'field'} aria-describedby={describedBy(name, hint, error)}>
    <legend class="field-label">{legend}</legend>
    {hint && (
      <p class="field-hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    <div class="choices">
      {options.map((option) => (
        <Choice name={name} {...option} checked={checked.includes(option.value)} />
      ))}
    </div>
    {error && (
      <p class="field-error" id={`${name}-error`}>
        {error}
      </p>
    )}
  </fieldset>
)
