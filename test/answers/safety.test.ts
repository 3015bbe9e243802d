// The safety stage: every wording of danger is caught by its tier, ordinary questions pass, and nothing is made up.
import { describe, expect, test } from 'bun:test'
import { riskyNumbers } from '#src/answers/cite.ts'
import { hazardOf } from '#src/answers/safety.ts'
import { ask, pageText, sources } from './estate.ts'
import { LIFE, PROPERTY, STRUCTURAL } from './wordings-emergency.ts'
import { ORDINARY } from './wordings-ordinary.ts'

const broken = async () => {
  throw new Error('the database is down')
}

describe('danger is recognised', () => {
  for (const text of LIFE) test(`to life: ${text}`, () => expect(hazardOf(text)?.tier).toBe('emergency-life'))
  for (const text of PROPERTY)
    test(`to the home: ${text}`, () => expect(hazardOf(text)?.tier).toBe('emergency-property'))
  for (const text of STRUCTURAL)
    test(`in building work: ${text}`, () => expect(hazardOf(text)?.tier).toBe('structural'))
})

describe('ordinary questions pass', () => {
  for (const text of ORDINARY) test(text, () => expect(hazardOf(text)).toBeNull())
  const lookAlikes =
    'expansion vessel remote control floor flooring parks starting leads frames concert electronic structure would powder'
  test('ordinary words are not corrected into dangers', () => {
    for (const word of lookAlikes.split(' '))
      expect(hazardOf(`What about the ${word} in the ceiling?`)).toBeNull()
  })
})

describe('an emergency answer', () => {
  test('for gas says to leave, gives 999 or 112 and the recorded gas line, and no work to do', async () => {
    const answer = await ask('I smell gas in the hall')
    expect(answer).toMatchObject({
      stage: 'safety',
      reason: 'gas',
      gap: false,
      citations: [],
      mode: 'extractive',
    })
    expect(answer.text).toContain('999 or 112')
    expect(answer.text).toContain('Leave the building')
    expect(answer.emergency?.contacts).toEqual([
      { label: 'Emergency services', number: '999 or 112' },
      { label: 'Gas emergency line', number: '1800 20 50 50' },
    ])
  })

  test('gives no number of the gas network when none is recorded', async () => {
    const answer = await ask('I smell gas', { sources: { facts: async () => [] } })
    expect(answer.emergency?.contacts).toEqual([{ label: 'Emergency services', number: '999 or 112' }])
    expect(riskyNumbers(answer.text)).toEqual([])
  })

  for (const text of [
    'There are sparks from the socket',
    'My CO alarm is going off',
    'A pipe has burst',
    'We have no power in the house',
  ]) {
    test(`comes from fixed text when the database is down: ${text}`, async () => {
      const answer = await ask(text, { sources: { facts: broken, retrieve: broken, places: broken } })
      expect(answer.stage).toBe('safety')
      expect(answer.text).toContain('999 or 112')
      expect(riskyNumbers(answer.text)).toEqual([])
    })
  }

  test('comes from fixed text when the database hangs', async () => {
    const answer = await ask('The kitchen is flooding', {
      sources: { facts: () => new Promise(() => {}), retrieve: () => new Promise(() => {}) },
    })
    expect(answer).toMatchObject({ stage: 'safety', reason: 'flood', citations: [] })
  })

  test('for a leak gives the estate’s contact and quotes the stopcock from its page', async () => {
    const answer = await ask('Water is pouring through my kitchen ceiling')
    expect(answer.text).toContain('021 555 0142')
    expect(answer.citations).toMatchObject([{ documentId: 'guide', page: 3, url: '/documents/guide?page=3' }])
    expect(pageText('guide', 3).replace(/\s+/g, ' ')).toContain(answer.citations[0]!.quote)
    expect(answer.citations[0]!.quote).toContain('stopcock')
  })

  test('for no power quotes the fuse board and gives the network’s line', async () => {
    const answer = await ask('No power in the whole house but the street lights are on')
    expect(answer.citations).toMatchObject([{ documentId: 'guide', page: 4 }])
    expect(answer.text).toContain('1800 372 999')
  })

  test('says so when no document has guidance and no contact is recorded', async () => {
    const empty = { chunks: [], filteredOut: 0, indexVersion: 1, timingsMs: {} }
    const answer = await ask('A pipe burst', {
      sources: { facts: async () => [], retrieve: async () => empty },
    })
    expect(answer.text).toContain('No emergency contact is recorded')
    expect(answer.text).toContain('do not say where your stopcock is')
    expect(answer.offer).toEqual({ kind: 'ask_builder', question: 'A pipe burst' })
  })

  test('is opened in the language of the cry for help', async () => {
    expect((await ask('¡Huele a gas en la cocina!')).text).toStartWith('Salga')
    expect((await ask('Tá boladh gáis sa chistin')).text).toStartWith('Imigh')
  })

  test('for building work names the professional, explains nothing and offers to record it', async () => {
    for (const text of STRUCTURAL) {
      const answer = await ask(text)
      expect(answer.stage).toBe('safety')
      expect(answer.text).toMatch(/structural engineer|Safe Electric|RGI|competent|qualified|surveyor/)
      expect(answer.text).not.toMatch(/^\s*(?:\d\.|- )/m)
      expect(answer.offer?.kind).toBe('ask_builder')
      expect(answer.citations).toEqual([])
    }
  })
})

test('no life emergency asks the documents for anything', async () => {
  let asked = 0
  const counting = sources()
  for (const text of LIFE)
    await ask(text, {
      sources: {
        retrieve: (query) => {
          asked++
          return counting.retrieve(query)
        },
      },
    })
  expect(asked).toBe(0)
})
