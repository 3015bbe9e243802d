// The tray of an upload: what each file's name says of its kind and house types, to be confirmed or changed.
import { Select } from '#views/parts/field.tsx'

export type TrayFile = { fileName: string; kind: string; houseTypes: string[] }

export type UploadTrayProps = {
  kinds: { value: string; label: string }[]
  houseTypeCodes: string[]
  files: TrayFile[]
}

/** Read by upload.ts, row by row in the order of the files; without scripts it is never shown. */
export const UploadTray = ({ kinds, houseTypeCodes, files }: UploadTrayProps) => (
  <ol class="upload-tray" aria-label="Files to upload">
    {files.map((file, i) => (
      <li data-tray-row>
        <p class="upload-tray-name">{file.fileName}</p>
        <Select label="Kind" name={`tray-kind-${i}`} options={kinds} value={file.kind} />
        {houseTypeCodes.length > 0 && (
          <fieldset class="field">
            <legend class="field-label">House types</legend>
            <div class="upload-tray-types">
              {houseTypeCodes.map((code) => (
                <label class="choice">
                  <input
                    type="checkbox"
                    name={`tray-types-${i}`}
                    value={code}
                    checked={file.houseTypes.includes(code)}
                  />
                  <span>{code}</span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
      </li>
    ))}
  </ol>
)
