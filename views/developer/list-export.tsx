// A list that is too long to wait for: asking for its file, and taking it once it is written.
import { formatBytes, formatDateTime, formatNumber } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Card, Progress } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { paths } from '#views/paths.ts'

export type ListExportView = {
  id: string
  state: 'working' | 'ready' | 'failed' | 'over'
  progress: { done: number; total: number }
  rowCount: number | null
  sizeBytes: number | null
  expiresAt: Date | null
}

type FrameProps = { shell: StaffShell; developmentName: string; backUrl: string }

export const NewListExportPage = ({
  rowsAtOnce,
  fields,
  ...frame
}: FrameProps & { rowsAtOnce: number; fields: Record<string, string> }) => (
  <Frame {...frame}>
    <Card title="This list is long">
      <p>
        More than {formatNumber(rowsAtOnce)} rows match. The file is written in the background and kept for a
        day; only you can take it.
      </p>
      <form method="post" action={paths.developer.listExports()}>
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button icon="download">Write the file</Button>
      </form>
    </Card>
  </Frame>
)

export const ListExportPage = ({ exported, ...frame }: FrameProps & { exported: ListExportView }) => (
  <Frame {...frame}>
    <ListExportState exported={exported} />
  </Frame>
)

const Frame = ({
  shell,
  developmentName,
  backUrl,
  children,
}: FrameProps & { children: ReturnType<typeof Card> }) => (
  <StaffPage title="List as a file" shell={shell} active="homes" switchAction={paths.developer.homes()}>
    <header class="staff-header">
      <a class="back-link" href={backUrl}>
        <Icon name="chevronLeft" /> Back to the list
      </a>
      <p class="eyebrow">{developmentName}</p>
      <h1>List as a file</h1>
    </header>
    {children}
  </StaffPage>
)

const LIVE_MS = 1_000

export const ListExportState = ({ exported }: { exported: ListExportView }) => {
  const { id, state, progress, rowCount, sizeBytes, expiresAt } = exported
  const live = state === 'working' ? liveAttributes(paths.developer.listExport(id), LIVE_MS) : {}
  return (
    <div id="list-export" class="stack" {...live}>
      {state === 'working' && (
        <Card title="Writing the file">
          <Progress label="Writing the file" {...progress} />
          <p class="stage">
            {progress.total > 0
              ? `${formatNumber(progress.done)} of ${formatNumber(progress.total)} rows`
              : 'Waiting for its turn'}
            . You may leave this page; the file waits here.
          </p>
        </Card>
      )}
      {state === 'ready' && (
        <Card title="The file is ready">
          <p>
            {formatNumber(rowCount ?? 0)} rows, {formatBytes(sizeBytes ?? 0)}
            {expiresAt && `, kept until ${formatDateTime(expiresAt)}`}. Taking it is noted in the activity
            log.
          </p>
          <ButtonLink href={paths.developer.listExportFile(id)} icon="download">
            Download
          </ButtonLink>
        </Card>
      )}
      {state === 'failed' && (
        <Card title="The file could not be written">
          <p>
            Something went wrong on our side, and it has been recorded. Go back to the list and ask again.
          </p>
        </Card>
      )}
      {state === 'over' && (
        <Card title="The file is gone">
          <p>Files are kept for a day. Go back to the list and ask again.</p>
        </Card>
      )}
    </div>
  )
}
