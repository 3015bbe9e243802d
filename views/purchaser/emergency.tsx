// The emergency card, which a person may keep on their phone, and the page that says that there is no network.
import { keepUnits } from '#views/format.ts'
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { paths } from '#views/paths.ts'
import { type Contact, Contacts } from '#views/purchaser/contacts.tsx'
import type { Fact } from '#views/purchaser/home.tsx'

export type EmergencyCardProps = { address: string; contacts: Contact[]; shutOffs: Fact[] }

/** Names nobody: it may lie on a phone for months. */
export const EmergencyCardPage = ({ address, contacts, shutOffs }: EmergencyCardProps) => (
  <SignedOutPage
    title="Emergency card"
    heading="Emergency card"
    lead={address}
    scripts={['emergency.js']}
    footer={<a href={paths.myHome()}>Back to your home</a>}
  >
    <Contacts contacts={contacts} className="card-part" />
    {shutOffs.length > 0 && (
      <section class="card-part">
        <h2>Where to turn things off</h2>
        <dl class="facts">
          {shutOffs.map((fact) => (
            <div class="fact">
              <dt>{fact.label}</dt>
              <dd>{keepUnits(fact.value)}</dd>
            </div>
          ))}
        </dl>
      </section>
    )}
    <div class="card-part keep-card" data-keep>
      <button type="button" class="button button-gold" data-keep-button>
        Keep on this device
      </button>
      <p class="hint" role="status" data-keep-status>
        Then this card opens without a network too. Signing out removes it.
      </p>
    </div>
  </SignedOutPage>
)

export const OfflinePage = () => (
  <SignedOutPage
    title="No network"
    heading="You are offline"
    lead="There is no network at the moment, so nothing of your home can be fetched. Your questions and documents are safe and will be here when you are back."
  >
    <ButtonLink href={paths.emergency()} tone="gold" icon="phone">
      Emergency card
    </ButtonLink>
    <ButtonLink href={paths.home()} tone="quiet" icon="refresh">
      Try again
    </ButtonLink>
  </SignedOutPage>
)
