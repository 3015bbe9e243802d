// The frame of the operator's pages: eyebrow, heading, and what stands below.
import type { AssetName } from '#views/assets.ts'
import type { Child } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Icon } from '#views/parts/icon.tsx'

type AdminPageProps = {
  title: string
  shell: StaffShell
  active: string
  eyebrow?: string
  back?: { label: string; href: string }
  scripts?: AssetName[]
  children: Child
}

export const AdminPage = ({
  title,
  shell,
  active,
  eyebrow = 'Operator',
  back,
  scripts,
  children,
}: AdminPageProps) => (
  <StaffPage title={title} shell={shell} active={active} scripts={scripts ?? []}>
    <header class="staff-header">
      {back ? (
        <a class="back-link" href={back.href}>
          <Icon name="chevronLeft" /> {back.label}
        </a>
      ) : (
        <p class="eyebrow">{eyebrow}</p>
      )}
      <h1>{title}</h1>
    </header>
    {children}
  </StaffPage>
)
