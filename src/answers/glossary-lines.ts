// Reads a glossary: a line an English search word, with the foreign words for it; an underscore joins those of a phrase.
import { fold } from '#src/answers/wording.ts'

export type Glossary = Record<string, string>

/** Without what every object inherits: a question may hold the word “constructor”. */
export const lines = (text: string): Glossary =>
  Object.assign(
    Object.create(null) as Glossary,
    Object.fromEntries(
      text
        .trim()
        .split(/\n/)
        .flatMap((line) => {
          const [english = '', foreign = ''] = line.split(':')
          return foreign
            .trim()
            .split(/\s+/)
            .map((word) => [fold(word).replaceAll('_', ' '), english.trim()] as const)
        }),
    ),
  )
