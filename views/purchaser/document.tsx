// One page of a document as text, with the quoted words marked; the PDF itself is one tap away.
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'

export type PageSegment = { text: string; marked: boolean }
export type PageBlock = { kind: 'heading' | 'paragraph'; segments: PageSegment[] }

export type DocumentViewProps = {
  shell: PurchaserShell
  title: string
  kindLabel: string
  page: number
  printedPage: string | null
  pages: number
  blocks: PageBlock[]
  /** The PDF at this page. */
  fileUrl: string
  previousUrl: string | null
  nextUrl: string | null
}

export const DocumentPage = (props: DocumentViewProps) => (
  <PurchaserPage title={props.title} shell={props.shell} tab="documents">
    <div class="page">
      <a class="back-link" href={paths.documents()}>
        <Icon name="chevronLeft" /> Documents
      </a>
      <header class="document-header">
        <p class="eyebrow">{props.kindLabel}</p>
        <h1>{props.title}</h1>
        <p class="document-place">
          Page {props.page} of {props.pages}
          {props.printedPage &&
            props.printedPage !== String(props.page) &&
            ` (printed page ${props.printedPage})`}
        </p>
        <ButtonLink href={props.fileUrl} tone="quiet" icon="external" small>
          Open PDF at this page
        </ButtonLink>
      </header>
      {props.blocks.length === 0 ? (
        <EmptyState icon="document" title="No text on this page">
          This page is a drawing or a picture. Open the PDF to see it.
        </EmptyState>
      ) : (
        <PageText blocks={props.blocks} />
      )}
      <Pages {...props} />
    </div>
  </PurchaserPage>
)

/** The first marked words carry the id `quote`, so a link can end in `#quote`. */
const PageText = ({ blocks }: { blocks: PageBlock[] }) => {
  let first = true
  const mark = (segment: PageSegment) => {
    if (!segment.marked) return segment.text
    const id = first ? 'quote' : undefined
    first = false
    return <mark id={id}>{segment.text}</mark>
  }
  return (
    <article class="sheet">
      {blocks.map((block) =>
        block.kind === 'heading' ? <h2>{block.segments.map(mark)}</h2> : <p>{block.segments.map(mark)}</p>,
      )}
    </article>
  )
}

const Pages = ({ previousUrl, nextUrl, page, pages }: DocumentViewProps) => (
  <nav class="pager" aria-label="Pages of the document">
    {previousUrl ? (
      <a href={previousUrl} rel="prev">
        <Icon name="chevronLeft" /> Previous
      </a>
    ) : (
      <span />
    )}
    <span>
      {page} / {pages}
    </span>
    {nextUrl ? (
      <a href={nextUrl} rel="next">
        Next <Icon name="chevronRight" />
      </a>
    ) : (
      <span />
    )}
  </nav>
)
