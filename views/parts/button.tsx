// Buttons, and links that look like one.
import type { Child } from '#views/jsx-runtime.ts'
import { Icon, type IconName } from '#views/parts/icon.tsx'

export type ButtonTone = 'primary' | 'gold' | 'quiet' | 'danger'

type ButtonProps = {
  tone?: ButtonTone
  icon?: IconName
  children: Child
  name?: string
  value?: string
  /** Says why the button cannot be used now; it stays visible and focusable. */
  disabledReason?: string | undefined
  small?: boolean
  id?: string
}

const classOf = (tone: ButtonTone, small: boolean | undefined) =>
  `button button-${tone}${small ? ' button-small' : ''}`

export const Button = ({
  tone = 'primary',
  icon,
  children,
  name,
  value,
  disabledReason,
  small,
  id,
}: ButtonProps) => (
  <button
    type="submit"
    id={id}
    class={classOf(tone, small)}
    name={name}
    value={value}
    aria-disabled={disabledReason ? 'true' : undefined}
    title={disabledReason}
  >
    {icon && <Icon name={icon} />}
    <span>{children}</span>
    {disabledReason && <span class="visually-hidden">({disabledReason})</span>}
  </button>
)

type ButtonLinkProps = { href: string; tone?: ButtonTone; icon?: IconName; small?: boolean; children: Child }

export const ButtonLink = ({ href, tone = 'primary', icon, small, children }: ButtonLinkProps) => (
  <a href={href} class={classOf(tone, small)}>
    {icon && <Icon name={icon} />}
    <span>{children}</span>
  </a>
)

/** Under a form that adds to the list beside it, or changes one of its lines. */
export const SaveOrAdd = ({ isEdited, listUrl }: { isEdited: boolean; listUrl: string }) => (
  <div class="row-actions">
    <Button>{isEdited ? 'Save' : 'Add'}</Button>
    {isEdited && (
      <ButtonLink tone="quiet" href={listUrl}>
        Keep as it is
      </ButtonLink>
    )}
  </div>
)
