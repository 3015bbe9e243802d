// Turns texts into the lexemes that PostgreSQL would store, many texts in one statement.

import type { Sql } from 'postgres'
import { expectedUnits } from '#src/retrieval/expected-units.ts'
import { questionWords } from '#src/retrieval/query-terms.ts'

const TEXTS_PER_STATEMENT = 500

export type Lexemes = { terms: string[]; counts: number[] }

export async function lexemesOf(sql: Sql, texts: string[]): Promise<Lexemes[]> {
  const all: Lexemes[] = []
  for (let first = 0; first < texts.length; first += TEXTS_PER_STATEMENT) {
    const rows = await sql<Lexemes[]>`
      select coalesce(array_agg(u.lexeme order by u.lexeme) filter (where u.lexeme is not null), '{}') as terms,
             coalesce(array_agg(cardinality(u.positions) order by u.lexeme) filter (where u.lexeme is not null), '{}') as counts
        from unnest(${texts.slice(first, first + TEXTS_PER_STATEMENT)}::text[]) with ordinality as given(content, ordinal)
        left join lateral unnest(to_tsvector('english', given.content)) u on true
       group by given.ordinal
       order by given.ordinal`
    all.push(...rows)
  }
  return all
}

export type AskedQuestion = { lexemes: string[]; words: string[]; units: string[] }

export async function askedQuestions(sql: Sql, questions: string[]): Promise<AskedQuestion[]> {
  const words = questions.map(questionWords)
  const lexemes = await lexemesOf(
    sql,
    words.map((each) => each.join(' ')),
  )
  return lexemes.map(({ terms }, index) => ({
    lexemes: terms,
    words: words[index]!,
    units: expectedUnits(questions[index]!),
  }))
}
