// How a household gets into its home's app: the printed link and the access code, shown, printed, made anew.
import { Button } from '#views/parts/button.tsx'
import { Card } from '#views/parts/card.tsx'
import { paths } from '#views/paths.ts'

export const HomeAccess = ({ homeId, accessCode }: { homeId: string; accessCode: string | null }) => (
  <Card title="Link and access code" id="access" className="stack">
    {accessCode ? (
      <p>
        The access code is <strong class="access-code">{accessCode}</strong>. Give it to the household only.
      </p>
    ) : (
      <p>The code is kept encrypted. Each time it is shown or printed is noted in the activity log.</p>
    )}
    <div class="bulk-actions">
      {!accessCode && (
        <form method="post" action={paths.developer.homeAccessCode(homeId)}>
          <Button tone="quiet" icon="key" small>
            Show the code
          </Button>
        </form>
      )}
      <form method="post" action={paths.developer.homeCard(homeId)}>
        <Button tone="quiet" icon="document" small>
          Print the card
        </Button>
      </form>
    </div>
    <details class="disclosure">
      <summary>The card is lost, or in the wrong hands</summary>
      <p>
        Whoever is signed in stays signed in. The card that was printed opens nothing any more, so print a new
        one.
      </p>
      <div class="bulk-actions">
        <form method="post" action={paths.developer.homeAccessCodeRotation(homeId)}>
          <Button tone="danger" small>
            Make a new code
          </Button>
        </form>
        <form method="post" action={paths.developer.homeLinkRotation(homeId)}>
          <Button tone="danger" small>
            Make a new link
          </Button>
        </form>
      </div>
    </details>
  </Card>
)
