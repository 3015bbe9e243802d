// How the operator signs in.
import type { SecondFactorPageProps } from '#views/developer/settings/second-factor.tsx'
import { StaffPage } from '#views/layout/staff.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { SecondFactorCards } from '#views/parts/second-factor.tsx'

export const AdminSecondFactorPage = ({ shell, message, secondFactor }: SecondFactorPageProps) => (
  <StaffPage title="Your sign-in" shell={shell} active="second-factor">
    <header class="staff-header">
      <p class="eyebrow">Operator</p>
      <h1>Your sign-in</h1>
    </header>
    {message && <Notice tone="success">{message}</Notice>}
    <SecondFactorCards {...secondFactor} />
  </StaffPage>
)
