// The upload form: a drop zone with a progress bar per file, and an ordinary multipart form underneath.

import { formatBytes } from '#views/format.ts'
import { Button } from '#views/parts/button.tsx'
import { Checkboxes, Choice, Field, Select } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'

export type UploadOptions = {
  /** Takes the multipart form, and one raw PDF with `title`, `kind` and `house_types` in the query. */
  action: string
  kinds: { value: string; label: string }[]
  houseTypes: { code: string; name: string }[]
  fileSizeBytesMax: number
  /** Answers names of files with what they say of kind and house types, for the person to confirm. */
  trayUrl: string
  values?: { title?: string; kind?: string; houseTypes?: string[] }
  errors?: { title?: string; kind?: string; houseTypes?: string; file?: string }
  /** Whoever uploads the first ones sees at once what can be said of them. */
  isFirst?: boolean
}

const TITLE_LENGTH_MAX = 200

/** The file is the last field: a streaming parser must know the others before the first byte of it arrives. */
export const UploadForm = ({
  action,
  kinds,
  houseTypes,
  fileSizeBytesMax,
  trayUrl,
  values,
  errors,
  isFirst = false,
}: UploadOptions) => (
  <form
    class="card upload"
    method="post"
    action={action}
    enctype="multipart/form-data"
    data-upload
    data-size-max={fileSizeBytesMax}
    data-tray-url={trayUrl}
  >
    <h2>Add documents</h2>
    <details class="disclosure upload-choices" open={isFirst || isChosen(values, errors)}>
      <summary>Kind, title and house types</summary>
      <p class="hint">All of it is read from the names of the files unless you choose it here.</p>
      <div class="upload-grid">
        <div class="upload-fields">
          <Select label="Kind" name="kind" options={kinds} value={values?.kind} error={errors?.kind} />
          <Field
            label="Title"
            name="title"
            hint="For a single file. Left empty, the file's name is used."
            value={values?.title}
            error={errors?.title}
            maxlength={TITLE_LENGTH_MAX}
            autocomplete="off"
          />
        </div>
        {houseTypes.length > 0 && (
          <Checkboxes
            legend="House types"
            name="house_types"
            hint="None chosen: every home of the development."
            options={houseTypes.map((type) => ({ value: type.code, label: type.code, hint: type.name }))}
            checked={values?.houseTypes ?? []}
            error={errors?.houseTypes}
          />
        )}
      </div>
      <Choice
        id="must-read"
        name="must_read"
        value="yes"
        label="Must be read"
        hint="Every adult of the homes that see it confirms that they have, before they go on in the app."
      />
    </details>
    <div class="drop-zone" data-drop-zone>
      <Icon name="upload" />
      <label for="file">
        Drop PDF files here, or <span class="drop-choose">choose them</span>
        <small>PDF, up to {formatBytes(fileSizeBytesMax)} each</small>
      </label>
      <input
        id="file"
        name="file"
        type="file"
        accept="application/pdf,.pdf"
        multiple
        required
        aria-describedby={errors?.file ? 'file-error' : undefined}
      />
    </div>
    {errors?.file && (
      <p class="field-error" id="file-error">
        {errors.file}
      </p>
    )}
    <div class="upload-panel" data-upload-tray />
    <ul class="upload-list" data-upload-list aria-label="Uploads" />
    <p class="visually-hidden" role="status" data-upload-status />
    <div class="upload-actions">
      <Button icon="upload">Upload</Button>
    </div>
    <UploadTemplate />
  </form>
)

/** Not out of sight when a link has filled it in, or something in it is wrong. */
const isChosen = (values: UploadOptions['values'], errors: UploadOptions['errors']): boolean =>
  Boolean(
    values?.title || values?.houseTypes?.length || (values?.kind && values.kind !== 'from_name') || errors,
  )

/** Cloned by upload.ts for each file; every text is set as text. */
const UploadTemplate = () => (
  <template data-upload-template>
    <li class="upload-item">
      <p>
        <strong data-name />
        <span data-state>Waiting</span>
      </p>
      <progress class="progress" max="100" value="0" />
      <div data-message />
    </li>
  </template>
)
