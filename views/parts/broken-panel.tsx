// What stands in the place of a part of a page that could not be made; the parts around it are there.
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

export const BrokenPanel = ({ title, requestId }: { title: string; requestId: string }) => (
  <section class="card broken-panel" aria-label={title}>
    <Notice tone="error" title={`${title} cannot be shown`}>
      <p>
        It has been recorded. Request{' '}
        <a class="code-link" href={paths.admin.request(requestId)}>
          {requestId}
        </a>
      </p>
    </Notice>
  </section>
)
