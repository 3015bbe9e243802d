// What a person corrects of themselves: their name at once, their mail address once a mail to it was answered.

import { lockOwnDetails, type OwnDetails, ownDetailsOf, type Person, setOwnDetails } from '#db/own-details.ts'
import { type Db, type HomeScope, within } from '#db/scope.ts'
import { signToken, verifyToken } from '../access/tokens.ts'
import { noteActivity } from '../activity.ts'
import { mailIsSetUp } from '../clients/mail.ts'
import { config } from '../config.ts'
import { failure } from '../failure.ts'
import { type Read, readEmail, readName, textOf } from '../imports/values.ts'
import { sendMailLater } from '../mail.ts'

export type { OwnDetails } from '#db/own-details.ts'

/** As it was typed. An empty address takes it away. */
export type TypedOwnDetails = { full_name: string; email: string }

/** `asked`: a mail waits at the new address; until it is answered the old one holds. */
export type Corrected = 'saved' | 'asked'

/** Null for somebody whose name is not recorded. */
export const readOwnDetails = (home: HomeScope, person: Person): Promise<OwnDetails | null> =>
  within(home, (db) => ownDetailsOf(db, person))

/** @throws Failure `not_found` for somebody without a name, `invalid` with the fields that are wrong */
export async function correctOwnDetails(
  home: HomeScope,
  person: Person,
  typed: TypedOwnDetails,
): Promise<Corrected> {
  const wanted = readTyped(typed)
  const token = wanted.email && (await signToken('address', subjectOf(person), { email: wanted.email }))
  return within(home, async (db) => {
    const before = await held(db, person)
    const asks = token !== null && mailIsSetUp() && wanted.email !== before.email
    await change(db, home, person, before, asks ? { ...wanted, email: before.email } : wanted)
    if (!asks || !wanted.email) return 'saved'
    await note(db, home, person, 'person.address_asked', {})
    await sendMailLater(db, home, {
      uniqueKey: `address ${Bun.randomUUIDv7()}`,
      to: wanted.email,
      subject: 'Confirm your e-mail address',
      body: CONFIRMATION(`${config().publicUrl}/my-data/address?token=${token}`),
      about: person,
    })
    return 'asked'
  })
}

/** The address that a link is about; null for a link that has run out, was altered, or is somebody else's. */
export async function addressAsked(person: Person, token: string): Promise<string | null> {
  const verified = await verifyToken('address', token)
  return verified?.subject === subjectOf(person) ? String(verified.claims.email) : null
}

/** Confirmed twice it is confirmed once. @throws Failure `not_found` for a link that is not this person's */
export async function confirmAddress(home: HomeScope, person: Person, token: string): Promise<void> {
  const email = await addressAsked(person, token)
  if (email === null) throw failure('not_found')
  await within(home, async (db) => {
    const before = await held(db, person)
    await change(db, home, person, before, { ...before, email })
  })
}

async function held(db: Db, person: Person): Promise<OwnDetails> {
  await lockOwnDetails(db, person)
  const before = await ownDetailsOf(db, person)
  if (!before) throw failure('not_found')
  return before
}

/** Only what is different, of this person's row alone; the builder reads what it was. */
async function change(db: Db, home: HomeScope, person: Person, before: OwnDetails, after: OwnDetails) {
  const names = (['fullName', 'email'] as const).filter((name) => before[name] !== after[name])
  if (names.length === 0) return
  await setOwnDetails(db, person, after)
  const changes = Object.fromEntries(names.map((name) => [name, { from: before[name], to: after[name] }]))
  await note(db, home, person, 'person.corrected', changes)
  // Whoever reads there learns that somebody took the mails away.
  if (before.email && names.includes('email') && mailIsSetUp())
    await sendMailLater(db, home, {
      uniqueKey: `address left ${Bun.randomUUIDv7()}`,
      to: before.email,
      ...LEFT,
      about: person,
    })
}

const CONTROL_CHARACTERS = /\p{Cc}/u

function readTyped(typed: TypedOwnDetails): OwnDetails {
  const fields: { path: string; message: string }[] = []
  const read = (path: keyof TypedOwnDetails, label: string, reader: (text: string) => Read<string>) => {
    const text = textOf(typed[path])
    const result = CONTROL_CHARACTERS.test(text)
      ? { problem: 'has characters that cannot be kept' }
      : reader(text)
    if ('value' in result) return result.value
    fields.push({ path, message: `${label} ${result.problem}.` })
    return ''
  }
  const fullName = textOf(typed.full_name) === '' ? '' : read('full_name', 'Your name', readName)
  if (textOf(typed.full_name) === '')
    fields.push({ path: 'full_name', message: 'Write your name as it should be shown.' })
  const email = textOf(typed.email) === '' ? null : read('email', 'This', readEmail)
  if (fields.length > 0) throw failure('invalid', { fields })
  return { fullName, email }
}

const subjectOf = ({ purchaserId }: Person): string => purchaserId ?? ''

/** Says nothing of the person or the home: the address may be a stranger's. */
const CONFIRMATION = (url: string) =>
  `Somebody who is signed in to the app of their home, OpenHouse, asked for their e-mails to come to this address.\n\nIf that was you, open this on the device where you are signed in, within a day:\n\n${url}\n\nIf it was not, there is nothing to do: without an answer no mail comes here.\n`

const LEFT = {
  subject: 'E-mails about your home no longer come here',
  body: 'Somebody who is signed in to the app of your home as you changed or removed your e-mail address, so e-mails about the home no longer come here.\n\nIf it was not you, please phone whoever looks after your home for you at once.\n',
}

const note = (db: Db, home: HomeScope, person: Person, action: string, changes: Record<string, unknown>) =>
  noteActivity(db, home, { action, targetType: 'person', targetId: subjectOf(person), changes })
