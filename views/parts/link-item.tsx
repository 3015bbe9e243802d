// One line of a list of things to open: what it is, what there is to know before, and where it leads.
import type { Child } from '#views/jsx-runtime.ts'
import { Icon, type IconName } from '#views/parts/icon.tsx'

type LinkItemProps = {
  href: string
  icon?: IconName
  title: Child
  /** Shown after the link, outside of it. */
  after?: Child
  /** Lines and badges under the title. */
  children: Child
}

export const LinkItem = ({ href, icon, title, after, children }: LinkItemProps) => (
  <li class="document-item">
    <a class="document-link" href={href}>
      {icon && (
        <span class="document-icon">
          <Icon name={icon} />
        </span>
      )}
      <span class="document-text">
        <strong>{title}</strong>
        {children}
      </span>
    </a>
    {after}
  </li>
)
