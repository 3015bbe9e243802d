// The banner over every page that an operator sees as somebody else: as whom, how long still, and the way out.
import { formatTime } from '#views/format.ts'
import { Button } from '#views/parts/button.tsx'
import { paths } from '#views/paths.ts'

export type ImpersonationProps = { name: string; tenantName: string; expiresAt: Date }

export const ImpersonationBanner = ({ name, tenantName, expiresAt }: ImpersonationProps) => (
  <aside class="impersonation" aria-label="Impersonation">
    <p>
      You are looking as <strong>{name}</strong> ({tenantName}). Nothing can be changed. It ends at{' '}
      {formatTime(expiresAt)}
      <span data-countdown={expiresAt.toISOString()} />.
    </p>
    <form method="post" action={paths.admin.impersonationStop()}>
      <Button tone="gold" small>
        Stop
      </Button>
    </form>
  </aside>
)
