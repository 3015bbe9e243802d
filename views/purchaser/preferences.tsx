// What a person wants to be told, where, and in which language the app speaks.
import { LANGUAGES } from '#views/languages/languages.ts'
import { wordsOf } from '#views/languages/words.tsx'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { Button } from '#views/parts/button.tsx'
import { Card } from '#views/parts/card.tsx'
import { Checkboxes, Select } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'

export type PreferencesProps = {
  shell: PurchaserShell
  /** Null: the builder recorded none, or this person is not on the contract. */
  email: string | null
  /** Of the form's names. */
  wanted: readonly string[]
  language: string
  isSaved: boolean
}

const MAILS = [
  { value: 'mail:notices', label: 'Notices about my home' },
  { value: 'mail:answers', label: 'Answers to my questions' },
  { value: 'mail:snags', label: 'News about what I have reported' },
]
const IN_APP = [
  { value: 'app:notices', label: 'How many notices I have not read' },
  { value: 'app:answers', label: 'Answers that have come since I asked' },
]

export const PreferencesPage = ({ shell, email, wanted, language, isSaved }: PreferencesProps) => (
  <PurchaserPage title={wordsOf(shell.language).text('notifications_and_language')} shell={shell}>
    <div class="page">
      <h1>{wordsOf(shell.language).say('notifications_and_language')}</h1>
      {isSaved && <Notice tone="success">Saved.</Notice>}
      <form class="stack" method="post" action={paths.preferences()}>
        <Card title="What you are told" className="stack">
          <Checkboxes
            legend="By e-mail"
            name="mail"
            hint={
              email
                ? `To ${email}. You can change it under My data.`
                : `We have no e-mail address for you, so none are sent. You can add one under My data if your name is recorded there; otherwise ${tenureWords(shell.tenure).yours} can.`
            }
            options={MAILS}
            checked={[...wanted]}
          />
          <Checkboxes legend="In the app" name="app" options={IN_APP} checked={[...wanted]} />
          {shell.tenure !== 'rent' && (
            <p class="hint">
              Reminders about maintenance are chosen beside your{' '}
              <a href={paths.maintenance()}>maintenance plan</a>.
            </p>
          )}
          <p class="hint">
            You are always told by e-mail when somebody new may open this home’s app. What an e-mail is about
            is read in the app, never in the e-mail.
          </p>
        </Card>
        <Card title="Language" className="stack">
          <Select
            label="Language of the app"
            name="language"
            hint="Answers in the chat and documents stay as they are. Languages other than English are being translated: so far only some words."
            options={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
            value={language}
          />
        </Card>
        <Button>Save</Button>
      </form>
    </div>
  </PurchaserPage>
)
