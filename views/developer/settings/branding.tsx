// Settings: the colour and the logo of a builder, with a look at both.
import { SettingsFrame } from '#views/developer/settings/frame.tsx'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Choice, Field, FileField } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'

export type BrandingProps = {
  shell: StaffShell
  accent: string
  logoUrl: string | null
  problem(field: string): string | undefined
  message?: string | undefined
}

export const BrandingPage = (props: BrandingProps) => (
  <SettingsFrame
    shell={props.shell}
    view="branding"
    title="Branding"
    message={props.message}
    problem={props.problem('')}
  >
    <Card title="Colour and logo">
      <form class="stack" method="post" action={paths.developer.branding()} enctype="multipart/form-data">
        <Field
          label="Accent colour"
          name="accent"
          value={props.accent}
          maxlength={20}
          autocomplete="off"
          hint="Six digits such as #a8752c. It is held to what everybody can read: at least 3 : 1 on white and 4.5 : 1 under near-black text. Empty for the gold of OpenHouse."
          error={props.problem('accent')}
        />
        {props.logoUrl && (
          <p class="row-actions">
            <img class="brand-logo brand-logo-shown" src={props.logoUrl} alt="Your logo" height="64" />
            <Choice name="removes_logo" value="yes" label="Remove the logo" />
          </p>
        )}
        <FileField
          label={props.logoUrl ? 'Another logo' : 'Logo'}
          name="logo"
          accept="image/png,image/jpeg,image/webp"
          hint="PNG, JPEG or WebP, at most 10 MB. It is drawn on white, 160 pixels high at most."
          error={props.problem('logo')}
        />
        <Button>Save</Button>
      </form>
    </Card>
    <Card title="How it looks" className="stack">
      <div class="row-actions">
        <span class="button button-gold button-small">Near-black on your colour</span>
        <Badge tone="gold">A label</Badge>
        <span class="eyebrow">A line above a heading</span>
      </div>
      <p class="hint">The app of your homes and this portal use it; printed cards stay as they are.</p>
    </Card>
  </SettingsFrame>
)
