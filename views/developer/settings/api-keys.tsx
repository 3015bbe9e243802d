// The keys of other programs: which there are, when they were last used, making one, revoking one.
import { SettingsFrame } from '#views/developer/settings/frame.tsx'
import { formatDate, formatDateTime } from '#views/format.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Checkboxes, Field, TextArea } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type ApiKeyView = {
  id: string
  name: string
  prefix: string
  scopes: string[]
  allowedOrigins: string[]
  createdAt: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
}

export type ApiKeysProps = {
  shell: StaffShell
  keys: ApiKeyView[]
  allScopes: readonly string[]
  /** Shown this once. */
  newKey: string | null
  form: { name: string; scopes: string[]; origins: string; problem(field: string): string | undefined }
  message?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'Program' },
  { label: 'May' },
  { label: 'Last used' },
  { label: 'State' },
  { label: 'Revoke', hiddenLabel: true },
]

export const ApiKeysPage = ({ shell, keys, allScopes, newKey, form, message }: ApiKeysProps) => (
  <SettingsFrame shell={shell} view="api-keys" title="API keys" message={message}>
    {newKey && (
      <Notice tone="success" title="The key is made" id="new-key">
        <p>Copy it now. It is stored nowhere and is not shown again:</p>
        <p class="one-time">{newKey}</p>
      </Notice>
    )}
    {keys.length === 0 ? (
      <EmptyState icon="key" title="No keys yet">
        A key lets another program of yours read and write what you allow it to.
      </EmptyState>
    ) : (
      <Table caption="API keys" columns={COLUMNS}>
        {keys.map((key) => (
          <KeyRow apiKey={key} />
        ))}
      </Table>
    )}
    <Card title="Make a key" id="make-key" className="stack">
      <p>
        What a program can do is described in <a href={paths.docs()}>the documentation of the API</a>.
      </p>
      <form class="stack" method="post" action={paths.developer.apiKeys()}>
        <Field
          label="Which program is it for?"
          name="name"
          value={form.name}
          error={form.problem('name')}
          maxlength={100}
          autocomplete="off"
          required
        />
        <Checkboxes
          legend="What may it do?"
          name="scopes"
          hint="As little as it needs. A key can be revoked at any time, but not changed."
          options={allScopes.map((scope) => ({ value: scope, label: scope }))}
          checked={form.scopes}
          error={form.problem('scopes')}
        />
        <TextArea
          label="Which sites’ pages may call with it?"
          name="origins"
          hint="One address a line, such as https://crm.example.ie. None for a program that runs on a server."
          value={form.origins}
          error={form.problem('origins')}
          rows={2}
        />
        <Button>Make the key</Button>
      </form>
    </Card>
  </SettingsFrame>
)

const KeyRow = ({ apiKey }: { apiKey: ApiKeyView }) => (
  <tr>
    <th scope="row" class="cell-title">
      {apiKey.name}
      <small>{`${apiKey.prefix}…, made on ${formatDate(apiKey.createdAt)}`}</small>
    </th>
    <td>
      {apiKey.scopes.join(', ')}
      {apiKey.allowedOrigins.length > 0 && <small>{`Pages of ${apiKey.allowedOrigins.join(', ')}`}</small>}
    </td>
    <td class="cell-date">{apiKey.lastUsedAt ? formatDateTime(apiKey.lastUsedAt) : 'Never'}</td>
    <td>{apiKey.revokedAt ? <Badge>Revoked</Badge> : <Badge tone="success">Active</Badge>}</td>
    <td>
      {!apiKey.revokedAt && (
        <form method="post" action={paths.developer.apiKeyRevocation(apiKey.id)}>
          <Button tone="danger" small>
            Revoke
          </Button>
        </form>
      )}
    </td>
  </tr>
)
