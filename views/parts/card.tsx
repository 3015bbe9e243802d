// Cards, badges, empty states and progress bars: the small boxes pages are made of.
import type { Child } from '#views/jsx-runtime.ts'
import { Icon, type IconName } from '#views/parts/icon.tsx'

type CardProps = {
  title?: string
  id?: string
  /** What it is on its page; a section unless it stands in a list or by itself. */
  as?: 'section' | 'article' | 'li' | 'ul'
  actions?: Child
  children: Child
  className?: string
}

export const Card = ({ title, id, as: Box = 'section', actions, children, className }: CardProps) => (
  <Box class={className ? `card ${className}` : 'card'} id={id}>
    {title && (
      <header class="card-header">
        <h2>{title}</h2>
        {actions}
      </header>
    )}
    {children}
  </Box>
)

type CardFormProps = { action: string; id?: string; hasFiles?: boolean; children: Child }

/** A form that is a card by itself, one field under the other. */
export const CardForm = ({ action, id, hasFiles, children }: CardFormProps) => (
  <form
    class="card stack"
    method="post"
    action={action}
    enctype={hasFiles ? 'multipart/form-data' : undefined}
    id={id}
  >
    {children}
  </form>
)

export type BadgeTone = 'plain' | 'gold' | 'success' | 'warning' | 'error'

export const Badge = ({ tone = 'plain', children }: { tone?: BadgeTone; children: Child }) => (
  <span class={`badge badge-${tone}`}>{children}</span>
)

type FigureProps = {
  label: string
  value: string
  note?: string | undefined
  /** Against the period before, in words. */
  change?: string | undefined
  href: string
  alert?: boolean
}

/** One number that leads to the rows behind it. */
export const FigureCard = ({ label, value, note, change, href, alert }: FigureProps) => (
  <a class={alert ? 'figure figure-alert' : 'figure'} href={href}>
    <span class="figure-label">{label}</span>
    <span class="figure-value">{value}</span>
    <span class="figure-note">{note ?? ' '}</span>
    {change && <span class="figure-change">{change}</span>}
  </a>
)

type EmptyProps = { icon: IconName; title: string; children: Child; action?: Child }

export const EmptyState = ({ icon, title, children, action }: EmptyProps) => (
  <div class="empty">
    <span class="empty-icon">
      <Icon name={icon} />
    </span>
    <h2>{title}</h2>
    <p>{children}</p>
    {action}
  </div>
)

type ProgressProps = { label: string; done: number; total: number }

/** A native `<progress>`: its width needs no style attribute, which the page's policy would block. */
export const Progress = ({ label, done, total }: ProgressProps) => (
  <progress class="progress" max={Math.max(total, 1)} value={Math.min(done, total)} aria-label={label}>
    {total > 0 ? Math.round((100 * done) / total) : 0}%
  </progress>
)
