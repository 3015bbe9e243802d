// The guide to the API: the file of the repository as a page.
import { raw } from '#views/jsx-runtime.ts'
import { Document } from '#views/layout/document.tsx'

/** `markup` is of our own file, with whatever HTML it may hold already escaped. */
export const ApiGuidePage = ({ markup }: { markup: string }) => (
  <Document title="OpenHouse API guide" bodyClass="guide-page" scripts={[]}>
    <main id="main" class="guide" tabindex="-1">
      {raw(markup)}
    </main>
  </Document>
)
