// Notices from the builder: the unread ones first, each with a button that says that it was read.
import { formatDate } from '#views/format.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { NOTICE_CATEGORIES, type NoticeCategoryKey } from '#views/notice-words.ts'
import { Button } from '#views/parts/button.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'

export type NoticeView = {
  id: string
  title: string
  body: string
  category: NoticeCategoryKey
  publishedAt: Date
  readAt: Date | null
}

export const NoticesPage = ({ shell, notices }: { shell: PurchaserShell; notices: NoticeView[] }) => (
  <PurchaserPage title="Notices" shell={shell} tab="home">
    <div class="page">
      <a class="back-link" href={paths.myHome()}>
        <Icon name="chevronLeft" /> Your home
      </a>
      <h1>Notices</h1>
      {notices.length === 0 && (
        <EmptyState icon="document" title="No notices">
          What {tenureWords(shell.tenure).yours} has to tell the homes of {shell.developmentName} appears
          here.
        </EmptyState>
      )}
      {notices.map((notice) => (
        <Notice notice={notice} />
      ))}
    </div>
  </PurchaserPage>
)

const Notice = ({ notice }: { notice: NoticeView }) => (
  <article
    class={notice.readAt ? 'card notice-card' : 'card notice-card notice-unread'}
    id={`notice-${notice.id}`}
  >
    <p class="document-meta">
      {NOTICE_CATEGORIES[notice.category]} · {formatDate(notice.publishedAt)}{' '}
      {!notice.readAt && <Badge tone="gold">New</Badge>}
    </p>
    <h2>{notice.title}</h2>
    <p class="notice-words">{notice.body}</p>
    {notice.readAt ? (
      <p class="document-meta">You marked this as read on {formatDate(notice.readAt)}.</p>
    ) : (
      <form method="post" action={paths.noticeRead(notice.id)}>
        <Button tone="quiet" icon="check" small>
          Mark as read
        </Button>
      </form>
    )}
  </article>
)
