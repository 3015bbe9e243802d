// The tray of an upload: what each file's name says of its kind and house types, to be confirmed or changed.
import { Button } from '#views/parts/button.tsx'
import { Choice, Select } from '#views/parts/field.tsx'

export type TrayFile = { fileName: string; kind: string; houseTypes: string[] }

export type UploadTrayProps = {
  kinds: { value: string; label: string }[]
  houseTypeCodes: string[]
  files: TrayFile[]
}

/** Read by upload.ts, row by row in the order of the files; without scripts it is never shown. */
export const UploadTray = ({ kinds, houseTypeCodes, files }: UploadTrayProps) => (
  <section class="stack" aria-labelledby="upload-tray-heading">
    <h2 id="upload-tray-heading">Is this right?</h2>
    <p>Taken from the names of the files. Change what is not, then upload.</p>
    <ol class="upload-tray">
      {files.map((file, i) => (
        <TrayRow file={file} position={i} kinds={kinds} houseTypeCodes={houseTypeCodes} />
      ))}
    </ol>
    <div>
      <Button icon="upload">Upload</Button>
    </div>
  </section>
)

type TrayRowProps = Omit<UploadTrayProps, 'files'> & { file: TrayFile; position: number }

const TrayRow = ({ file, position, kinds, houseTypeCodes }: TrayRowProps) => (
  <li data-tray-row>
    <p class="upload-tray-name">{file.fileName}</p>
    <Select label="Kind" name={`tray-kind-${position}`} options={kinds} value={file.kind} />
    {houseTypeCodes.length > 0 && (
      <fieldset class="field">
        <legend class="field-label">House types</legend>
        <div class="upload-tray-types">
          {houseTypeCodes.map((code) => (
            <Choice
              name={`tray-types-${position}`}
              value={code}
              label={code}
              checked={file.houseTypes.includes(code)}
            />
          ))}
        </div>
      </fieldset>
    )}
  </li>
)
