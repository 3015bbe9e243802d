// Notices inside a page.
import type { Child } from '#views/jsx-runtime.ts'
import { Icon, type IconName } from '#views/parts/icon.tsx'

export type NoticeTone = 'plain' | 'success' | 'warning' | 'error'
const ICON: Record<NoticeTone, IconName> = {
  plain: 'question',
  success: 'check',
  warning: 'alert',
  error: 'alert',
}

type NoticeProps = { tone?: NoticeTone; title?: string; id?: string; children: Child }

/** Errors are announced at once, everything else politely when it appears. */
export const Notice = ({ tone = 'plain', title, id, children }: NoticeProps) => (
  <div class={`notice notice-${tone}`} id={id} role={tone === 'error' ? 'alert' : 'status'}>
    <Icon name={ICON[tone]} />
    <div class="notice-body">
      {title && <p class="notice-title">{title}</p>}
      {children}
    </div>
  </div>
)
