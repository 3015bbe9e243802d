// Who looks after what around the home, with what says so.
import { formatDate } from '#views/format.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'
import { PARTIES, type ResponsibilityView } from '#views/responsibility-words.ts'
import { tenureWords } from '#views/tenure-words.ts'

export const ResponsibilitiesPage = ({
  shell,
  things,
}: {
  shell: PurchaserShell
  things: ResponsibilityView[]
}) => (
  <PurchaserPage title="Who looks after this?" shell={shell} tab="home">
    <div class="page">
      <a class="back-link" href={paths.myHome()}>
        <Icon name="chevronLeft" /> Your home
      </a>
      <header class="home-header">
        <h1>Who looks after this?</h1>
        <p class="lead">Who keeps the things around your home in order, and how we know.</p>
      </header>
      {things.length === 0 ? (
        <EmptyState icon="question" title="Nothing recorded yet">
          {tenureWords(shell.tenure).Yours} has not recorded so far who looks after what in{' '}
          {shell.developmentName}.
        </EmptyState>
      ) : (
        <Card as="ul" className="record-list">
          {things.map((thing) => (
            <li>
              <span class="thing-head">
                <strong>{thing.thing}</strong>
                <Badge tone={thing.party === 'unresolved' ? 'error' : 'gold'}>
                  {thing.party === 'owner' ? tenureWords(shell.tenure).owner : PARTIES[thing.party]}
                </Badge>
              </span>
              {thing.partyName && <span>{thing.partyName}</span>}
              <span class="document-meta">
                {thing.evidence} · {formatDate(thing.evidenceOn)}
              </span>
            </li>
          ))}
        </Card>
      )}
    </div>
  </PurchaserPage>
)
