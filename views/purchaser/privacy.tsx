// The notice: what is stored, for how long, and where AI is used.
import type { Child } from '#views/jsx-runtime.ts'
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { paths } from '#views/paths.ts'

/** `controllerName` is null on a device that has not opened a home's link yet. */
export type PrivacyProps = { controllerName: string | null; contactEmail: string | null }

export const PrivacyPage = ({ controllerName, contactEmail }: PrivacyProps) => (
  <SignedOutPage
    title="Privacy and AI"
    heading="Privacy and AI"
    footer={<a href={paths.home()}>Back to the app</a>}
  >
    <div class="prose">
      <Section heading="Who is responsible">
        {controllerName
          ? `${controllerName}, the builder of your home, is responsible for your data in this app.`
          : 'The builder named in your handover letter is responsible for your data in this app.'}{' '}
        OpenHouse runs it on the builder’s behalf.
        {contactEmail && ' Questions about your data: '}
        {contactEmail && <a href={`mailto:${contactEmail}`}>{contactEmail}</a>}
      </Section>
      <Section heading="Where AI is used">
        The chat is an AI assistant. It searches the documents of your home and may let a language model word
        the answer. It can be wrong, so every answer from a document shows its source. It decides nothing
        about you.
      </Section>
      <Section heading="What is stored">
        Your name and home, your questions and their answers, the documents you open, and each scan of your
        home’s QR code with its network address. Network addresses are shortened after 30 days.
      </Section>
      <Section heading="On this device">
        Only the cookies that keep you signed in. No advertising, no tracking, nothing from third parties.
      </Section>
      <Section heading="Your rights">
        Under <a href={paths.myData()}>My data</a> in the app you see who looked at your data, get a copy of
        it and can have it erased. You can also have it corrected, and complain to the Data Protection
        Commission.
      </Section>
    </div>
  </SignedOutPage>
)

const Section = ({ heading, children }: { heading: string; children: Child }) => (
  <section>
    <h2>{heading}</h2>
    <p>{children}</p>
  </section>
)
