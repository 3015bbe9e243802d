// Facts, places, documents, gaps and follow-ups without a model, through the whole pipeline.
import { describe, expect, test } from 'bun:test'
import { haversineM } from '#src/distance.ts'
import { ask, FACTS, fact, HOME, pageText, place, turnOf } from './estate.ts'

describe('a fact', () => {
  const cases: [string, string, string][] = [
    ['What kind of heating do I have?', 'Air-to-water heat pump', 'typical of your house type (BD01)'],
    ['How is the house heated?', 'Air-to-water heat pump', 'typical of your house type (BD01)'],
    ['What is my BER?', 'BER: A2', 'recorded for your home'],
    ["what's the energy rating", 'BER: A2', 'recorded for your home'],
    ["What's my Eircode?", 'T23 X4Y5', 'recorded for your home'],
    ['whats my post code', 'T23 X4Y5', 'recorded for your home'],
    ['How many parking spaces come with the house?', 'Two spaces', 'typical of your house type (BD01)'],
    ['Where can I park my car?', 'on the driveway', 'typical of your house type (BD01)'],
    ['Who is the management company?', 'Longview Park OMC CLG', 'recorded for Longview Park'],
    ['Who manages the estate?', 'Longview Park OMC CLG', 'recorded for Longview Park'],
    ['Where is the bin storage?', 'timber bin store', 'recorded for Longview Park'],
    ['Where do I keep the bins?', 'timber bin store', 'recorded for Longview Park'],
    ['Which bin goes out this week?', 'alternate weeks', 'recorded for Longview Park'],
    ['When are the bins collected?', 'Tuesdays', 'recorded for Longview Park'],
    ['Do I have solar panels?', '12 photovoltaic panels', 'typical of your house type (BD01)'],
    ['What type of house do I have?', 'House type: BD01', 'recorded for your home'],
    ['How many bedrooms has number 5?', 'Bedrooms: 3', 'recorded for your home'],
    ['Where is the fuse box?', 'In the hall', 'recorded for Longview Park'],
    ['Where is the stopcock?', 'Under the kitchen sink', 'recorded for Longview Park'],
    ['What is the phone number of customer care?', '021 555 0140', 'recorded for Longview Park'],
    ['What size is my living room?', '5.10 m × 3.50 m (17.8 m²)', 'recorded for your home'],
    ['how big is the lounge', '5.10 m × 3.50 m', 'recorded for your home'],
    ['dimensions of the dining room please', '6.00 m × 3.20 m', 'typical of your house type (BD01)'],
    ['What is the size of the master bedroom?', '4.60 m × 3.58 m', 'typical of your house type (BD01)'],
    ['Which is the largest bedroom?', 'Bedroom 1', 'typical of your house type (BD01)'],
  ]
  for (const [question, value, label] of cases)
    test(`answers "${question}" and says whose it is`, async () => {
      const answer = await ask(question)
      expect([answer.stage, answer.gap]).toEqual(['fact', false])
      expect(answer.text).toContain(value)
      expect(answer.text).toContain(label)
    })

  test('answers both halves of a question', async () => {
    const { text } = await ask("How many bedrooms do I have and what's the total floor area?")
    expect(text).toContain('Bedrooms: 3')
    expect(text).toContain('129.8 m²')
  })

  const fits: [string, RegExp][] = [
    ['Will a 2.4 m sofa fit in the living room?', /^Yes.*2\.40 m fits.*5\.10 m side.*2\.70 m/],
    ['Can I get a 240cm sofa into the sitting room?', /^Yes.*2\.40 m fits/],
    ['Would a 6m rug fit in the living room', /^No: 6\.00 m does not fit/],
    ['Is there room for a 3 x 4 m table in the living room?', /^No: 3\.00 m × 4\.00 m does not fit|^Yes/],
    ['Will an 8ft bookcase fit in bedroom 2?', /^Yes.*2\.44 m fits/],
    ['Does a 3.4m x 2m wardrobe fit in bedroom 2?', /^Yes.*3\.40 m × 2\.00 m fits/],
    ['Will a 3.6 x 3.6 m carpet fit in bedroom 2?', /^No/],
  ]
  for (const [question, answer] of fits)
    test(`is computed with, never guessed: ${question}`, async () =>
      expect((await ask(question)).text).toMatch(answer))

  for (const question of [
    'What size is the utility room?',
    'How big is the garden?',
    'What is my BER?',
    'Who is the management company?',
    'How many parking spaces do I have?',
  ])
    test(`that is not recorded becomes a gap without a number: ${question}`, async () => {
      const answer = await ask(question, {
        sources: { facts: async () => [fact('unit', 'room.living', 'Living room', '', [5, 4])] },
        home: { floorAreaM2: null },
      })
      expect([answer.stage, answer.gap, /\d/.test(answer.text)]).toEqual(['gap', true, false])
    })

  for (const question of [
    'What does error E6 on the heat pump mean?',
    'How do I test the smoke alarm?',
    'When does the warranty on the dishwasher end?',
    'My heating is slow to warm up, is that normal with a heat pump?',
    'What does the cylinder guarantee cover?',
  ])
    test(`is not given where its words only occur: ${question}`, async () =>
      expect((await ask(question)).stage).toBe('document'))
})

describe('a place', () => {
  test('is the nearest one recorded, with distance, source and date', async () => {
    const answer = await ask("Where's the nearest supermarket?")
    expect(answer).toMatchObject({
      stage: 'place',
      reason: 'nearest',
      offer: { kind: 'list_places', category: 'supermarket' },
    })
    expect(answer.text).toMatch(/Hilltop Stores.*about 270 m away/)
    expect(answer.text).toContain('OpenStreetMap, recorded 2 March 2026')
    expect(answer.text).not.toContain('Valley Market')
    const all = await ask('yes please', { history: [turnOf("Where's the nearest supermarket?", answer)] })
    expect(all.text).toContain('Valley Market')
  })

  test('schools are listed as primary and secondary', async () => {
    expect((await ask('Which schools are near us?')).text).toMatch(
      /Primary:\n- Scoil Oilibhéir.*\nSecondary:\n- Cnoc Community College/,
    )
  })

  test('known by name only has no distance', async () => {
    const { text } = await ask('How far is the bus stop?')
    expect(text).toContain('Park Road bus stop')
    expect(text).not.toMatch(/\d+ m\b|\d km/)
  })

  test('asked for by its name is measured', async () =>
    expect((await ask('How far is Scoil Oilibhéir from here?')).text).toMatch(/about \d+ m away/))

  test('is measured from the development when the home’s pin is approximate', async () => {
    expect(
      (await ask('Is there a pharmacy close by?', { home: { locationIsApproximate: true } })).text,
    ).toContain('approximate')
  })

  const WORDINGS = [
    'closest chemist',
    'Is there a gym near here?',
    'any restaurants nearby?',
    'Where is the nearest petrol station?',
    'How far is the hospital?',
    'Are there any creches around here?',
    'Where can I buy groceries near us?',
    'is there a GP close by',
    'Where is the nearest train station?',
    'What time does the nearest pharmacy open?',
    'Which secondary schools are in the area?',
  ]
  for (const question of WORDINGS)
    test(`that is not in the table is not named: ${question}`, async () => {
      const answer = await ask(question, {
        sources: { places: async () => [place('Rotunda Hall', 'town_hall', 51.9, -8.4)] },
      })
      expect([answer.stage, answer.reason]).toEqual(['place', 'none_recorded'])
      expect(answer.text).not.toMatch(/Rotunda|\d/)
    })

  test('distances are great-circle metres', () => {
    expect(Math.round(haversineM(51.9265, -8.4532, 51.8985, -8.4756))).toBe(3472)
  })
})

describe('a document', () => {
  const cases: [string, string, number][] = [
    ['How often should I clean the ventilation filters?', 'guide', 8],
    ['What does error E6 on the heat pump mean?', 'heating', 5],
    ['What does the cylinder guarantee cover?', 'guarantee', 1],
    ['How do I register the cylinder guarantee?', 'guarantee', 2],
    ['How do I bleed the system?', 'guide', 7],
    ['What does the handover pack say about the alarm?', 'guide', 5],
    ['¿Cómo enciendo la calefacción por primera vez?', 'heating', 3],
    ['Jak często trzeba czyścić filtr?', 'guide', 8],
  ]
  for (const [question, documentId, page] of cases)
    test(`is quoted word for word with its page: ${question}`, async () => {
      const answer = await ask(question)
      expect(answer).toMatchObject({ stage: 'document', mode: 'extractive', gap: false })
      expect(answer.citations[0]).toMatchObject({ documentId, page })
      const pages = answer.citations.map((citation) => `${citation.documentId} ${citation.page}`)
      expect(new Set(pages).size).toBe(pages.length)
      for (const { quote, ...cited } of answer.citations)
        expect(pageText(cited.documentId, cited.page).replace(/\s+/g, ' ')).toContain(quote)
      expect(answer.text).toContain('[1]')
    })

  test('says in both languages that it answers in English', async () => {
    expect((await ask('Jak często trzeba czyścić filtr?')).text).toMatch(
      /^Obecnie.*\nI can only answer in English/,
    )
  })

  test('floor plan comes as a download card of the home’s own type, and the offer is carried out', async () => {
    const answer = await ask('Can I see my floor plan?')
    expect(answer).toMatchObject({
      stage: 'document',
      downloads: [{ documentId: 'plan' }],
      offer: { kind: 'list_rooms' },
    })
    expect(answer.citations).toMatchObject([{ documentId: 'plan', page: 1 }])
    const next = await ask('yes please', { history: [turnOf('Can I see my floor plan?', answer)] })
    expect(next.text).toContain('Living room: 5.10 m × 3.50 m')
    expect(next.downloads).toMatchObject([{ documentId: 'plan' }])
  })

  const UNKNOWN = [
    'How long does the builder have to fix my snags?',
    'When will the playground open?',
    'Who supplied the kitchen doors?',
    'Can I get a key for the electricity meter box?',
    'What is the capital of France?',
    'How do I unlock my car?',
    'What does error E9 on the heat pump mean?',
    'When will phase two be finished?',
    'What is the wifi password?',
    'Is there a lift?',
    'How do I cancel my television subscription?',
    'What colour are the kitchen doors?',
    'How long is the warranty on the shower screen?',
  ]
  for (const question of UNKNOWN)
    test(`that does not answer is not quoted: ${question}`, async () => {
      const answer = await ask(question)
      expect([answer.gap || answer.stage === 'place', answer.citations]).toEqual([true, []])
      expect(answer.text).not.toMatch(/\d/)
    })
})

describe('a conversation', () => {
  test('"and how often?" is about the question before', async () => {
    const first = 'How do I bleed the system?'
    const next = await ask('and how often?', { history: [turnOf(first, await ask(first))] })
    expect(next).toMatchObject({
      stage: 'document',
      resolvedQuestion: 'How do I bleed the system? and how often?',
    })
    expect(next.text).toContain('once a year')
  })

  test('"yes please" after a gap asks the builder, with the question that was asked', async () => {
    const first = 'When will the playground open?'
    const answer = await ask(first)
    const next = await ask('yes please', { history: [turnOf(first, answer)] })
    expect(next).toMatchObject({ stage: 'gap', reason: 'asked_builder', gap: true, resolvedQuestion: first })
    expect(next.text).not.toMatch(/\d|soon|days|hours/)
  })

  test('a new question after a turn stands on its own', async () => {
    const first = 'How do I bleed the system?'
    const next = await ask('What is my BER?', { history: [turnOf(first, await ask(first))] })
    expect(next).toMatchObject({ stage: 'fact', resolvedQuestion: 'What is my BER?' })
  })

  for (const text of ['hello', 'Thanks!', 'what can you do?', '???', '🙂', '\u0000', 'no thanks'])
    test(`small talk is answered and leaves no gap: ${JSON.stringify(text)}`, async () => {
      const answer = await ask(text)
      expect([answer.stage, answer.gap]).toEqual(['fact', false])
      expect(answer.text.length).toBeGreaterThan(20)
    })

  test('a staff answer comes first, with author and date', async () => {
    const known = {
      knowledgeId: 'k1',
      question: 'q',
      answer: 'The playground opens with phase two.',
      similarity: 0.9,
      author: 'the site office',
      answeredOn: '2026-03-01',
    }
    const answer = await ask('When will the playground open?', { sources: { knowledge: async () => known } })
    expect(answer).toMatchObject({ stage: 'fact', reason: 'knowledge', gap: false })
    expect(answer.text).toContain('Answered by the site office on 1 March 2026')
    expect(
      (
        await ask('When will the playground open?', {
          sources: { knowledge: async () => ({ ...known, similarity: 0.5 }) },
        })
      ).stage,
    ).not.toBe('fact')
  })

  test('every stage that ran is logged with its time', async () => {
    const { log, retrieval } = await ask('How often should I clean the ventilation filters?')
    expect(log.map(({ stage }) => stage)).toEqual([
      'conversation',
      'safety',
      'privacy',
      'knowledge',
      'facts',
      'places',
      'retrieval',
      'retrieval',
      'compose',
    ])
    expect(retrieval?.chunksUsed).toContain('guide-8')
  })

  test('a fault of the database outside an emergency reaches the caller', async () => {
    expect(
      ask('What is my BER?', { sources: { facts: () => Promise.reject(new Error('down')) } }),
    ).rejects.toThrow('down')
  })
})

test('no fact is answered with a number that is not recorded', async () => {
  const recorded = JSON.stringify([FACTS, HOME])
  for (const question of [
    'What size is my living room?',
    'What are the sizes of all rooms?',
    'What is my BER?',
    'How many bedrooms do I have?',
    'What heating do I have?',
    'When are the bins collected?',
  ]) {
    const { stage, text } = await ask(question)
    const body = text.split('\n\n')[0]!
    const numbers = (body.match(/\d+(?:\.\d+)?/g) ?? []).map((number) => String(Number(number)))
    expect([stage, numbers.filter((number) => !recorded.includes(number))]).toEqual(['fact', []])
  }
})
