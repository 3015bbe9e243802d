// Settings: how one signs in oneself.
import { SettingsFrame } from '#views/developer/settings/frame.tsx'
import type { StaffShell } from '#views/layout/staff.tsx'
import { SecondFactorCards, type SecondFactorView } from '#views/parts/second-factor.tsx'

export type SecondFactorPageProps = {
  shell: StaffShell
  message?: string | undefined
  secondFactor: SecondFactorView
}

export const SecondFactorPage = ({ shell, message, secondFactor }: SecondFactorPageProps) => (
  <SettingsFrame shell={shell} view="second-factor" title="Your sign-in" message={message}>
    <SecondFactorCards {...secondFactor} />
  </SettingsFrame>
)
