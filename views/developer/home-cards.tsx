// Cards for the printer: an A4 page each, the link above the fold and the code below it.
import { count, formatNumber } from '#views/format.ts'
import { raw } from '#views/jsx-runtime.ts'
import { Document } from '#views/layout/document.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'

export type HomeCardView = {
  unitId: string
  number: string
  address: string
  developmentName: string
  url: string
  accessCode: string
  /** Markup of the server's own, made from the address. */
  qrSvg: string
}

type CardsProps = {
  cards: HomeCardView[]
  backUrl: string
  /** Set when more homes match than are printed at once. */
  cardsMax: number | null
}

export const CardsPage = ({ cards, backUrl, cardsMax }: CardsProps) => (
  <Document title="Cards to print" bodyClass="cards" scripts={['staff.js']}>
    <main id="main" tabindex="-1">
      <header class="cards-header">
        <a class="back-link" href={backUrl}>
          <Icon name="chevronLeft" /> Back
        </a>
        <h1>{count(cards.length, 'card')} to print</h1>
        <p>
          A4, one page a home. Fold at the line: the link may lie open, the code belongs in the household’s
          hands.
        </p>
        {cards.length > 0 && (
          <button type="button" class="button button-primary" data-print>
            Print
          </button>
        )}
        {cardsMax !== null && (
          <Notice tone="warning">
            <p>
              These are the first {formatNumber(cardsMax)}. Print the others by house type: choose one in the
              list of homes.
            </p>
          </Notice>
        )}
      </header>
      {cards.length === 0 && (
        <EmptyState icon="home" title="No home matches">
          Go back and choose other homes.
        </EmptyState>
      )}
      {cards.map((card) => (
        <HomeCard card={card} />
      ))}
    </main>
  </Document>
)

const HomeCard = ({ card }: { card: HomeCardView }) => (
  <article class="home-card" aria-label={`Card of ${card.address}`}>
    <section class="home-card-half">
      <p class="eyebrow">{card.developmentName}</p>
      <h2>{card.address}</h2>
      <p>Everything about your home: ask a question, find your documents.</p>
      <div class="home-card-qr" role="img" aria-label="QR code of the link below">
        {raw(card.qrSvg)}
      </div>
      <p>Point your phone’s camera at the code, or type this address:</p>
      <p class="home-card-url">{card.url.replace(/^https?:\/\//, '')}</p>
    </section>
    <section class="home-card-half home-card-code">
      <p>Your access code</p>
      <p class="access-code">{card.accessCode}</p>
      <p>Keep it to your household. Everybody in it can use it on a phone of their own.</p>
      <p class="home-card-number">No. {card.number}</p>
    </section>
  </article>
)
