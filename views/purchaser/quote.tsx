// Words quoted from a page: paragraphs and steps as lines, rows of a table as a name with its values.

import { type Child, Fragment } from '#views/jsx-runtime.ts'

/** What ingestion puts between the cells of a table row. */
const CELL_SEPARATOR = '\u2003'

/** `linked` turns the citation marks of a piece of text into links. */
export const Quote = ({ text, linked }: { text: string; linked: (text: string) => Child }) => (
  <blockquote>
    {text.split('\n').map((line) => (
      <p>
        <Line line={line} linked={linked} />
      </p>
    ))}
  </blockquote>
)

const Line = ({ line, linked }: { line: string; linked: (text: string) => Child }) => {
  const [name = '', ...values] = line.split(CELL_SEPARATOR)
  if (values.length === 0) return <Fragment>{linked(line)}</Fragment>
  return (
    <Fragment>
      <strong>{linked(name)}</strong>: {linked(values.join('; '))}
    </Fragment>
  )
}
