// The operator's announcements over a page, and the button that puts one away.
import { Button } from '#views/parts/button.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'

export type AnnouncementBannerView = {
  id: string
  message: string
  tone: 'plain' | 'warning'
  isDismissable: boolean
}

type AnnouncementsProps = {
  portal: 'staff' | 'purchasers'
  announcements: readonly AnnouncementBannerView[]
  /** Where the page is, to come back to. */
  next: string
}

export const Announcements = ({ portal, announcements, next }: AnnouncementsProps) => (
  <aside class="announcements" aria-label="Announcements">
    {announcements.map(({ id, message, tone, isDismissable }) => (
      <div class={`announcement announcement-${tone}`} id={`announcement-${id}`}>
        <Icon name={tone === 'warning' ? 'alert' : 'notice'} />
        <p>{message}</p>
        {isDismissable && (
          <form method="post" action={paths.announcementDismissal(portal, id)}>
            <input type="hidden" name="next" value={next} />
            <Button tone="quiet" small>
              Put away
            </Button>
          </form>
        )}
      </div>
    ))}
  </aside>
)
