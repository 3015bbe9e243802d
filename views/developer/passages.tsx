// Passages of a document as the index holds them: what an answer may be made of.
import { formatNumber } from '#views/format.ts'

export type PassageView = {
  number: number
  page: number
  printedPage: string | null
  heading: string | null
  text: string
}

export const Passages = ({ passages }: { passages: PassageView[] }) =>
  passages.length === 0 ? (
    <p>There is no text in it that a question could be answered from.</p>
  ) : (
    <ol class="passages">
      {passages.map((passage) => (
        <li>
          <p class="passage-place">
            Passage {formatNumber(passage.number)} · page {formatNumber(passage.page)}
            {passage.printedPage && ` (printed ${passage.printedPage})`}
            {passage.heading && ` · ${passage.heading}`}
          </p>
          <p class="passage-text">{passage.text}</p>
        </li>
      ))}
    </ol>
  )
