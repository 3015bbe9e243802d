// What can hang under an answer besides its sources: a download, emergency contacts, the offer to ask the builder.
import { formatBytes, telephoneUrl } from '#views/format.ts'
import { Badge } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'

export type DownloadView = { title: string; kind: string; url: string; sizeBytes: number }
export type EmergencyView = { title: string; contacts: { label: string; number: string }[] }
export type GapView = {
  id: string
  status: 'offered' | 'asked' | 'answered'
  askUrl: string
  /** The answer that came is staff's own, not from a document added since. */
  byBuilder: boolean
}

export const DownloadCard = ({ download }: { download: DownloadView }) => (
  <a class="download" href={download.url}>
    <span class="download-icon">
      <Icon name="document" />
    </span>
    <span class="download-text">
      <strong>{download.title}</strong>
      <span>
        {download.kind} · PDF · {formatBytes(download.sizeBytes)}
      </span>
    </span>
    <Icon name="download" />
  </a>
)

export type PlaceLinkView = { name: string; url: string }

export const PlaceLinks = ({ places }: { places: PlaceLinkView[] }) => (
  <ul class="place-links" aria-label="On the map">
    {places.map((place) => (
      <li>
        <a class="button button-quiet button-small" href={place.url}>
          <Icon name="map" />
          <span>{place.name}</span>
        </a>
      </li>
    ))}
  </ul>
)

export const EmergencyCard = ({ emergency }: { emergency: EmergencyView }) => (
  <div class="emergency">
    <p class="emergency-title">
      <Icon name="alert" /> {emergency.title}
    </p>
    <ul>
      {emergency.contacts.map((contact) => (
        <li>
          <a href={telephoneUrl(contact.number)}>
            <Icon name="phone" />
            <span class="emergency-label">{contact.label}</span>
            <strong>{contact.number}</strong>
          </a>
        </li>
      ))}
    </ul>
  </div>
)

/** Answers its own form: the response of `askUrl` is this card again, in its next state. */
export const GapCard = ({ gap }: { gap: GapView }) => (
  <div class="gap" id={`gap-${gap.id}`}>
    {gap.status === 'offered' && (
      <form
        method="post"
        action={gap.askUrl}
        hx-post={gap.askUrl}
        hx-target={`#gap-${gap.id}`}
        hx-swap="outerHTML"
      >
        <p>Nothing recorded for your home answers this yet.</p>
        <button type="submit" class="button button-quiet button-small">
          <Icon name="question" />
          <span>Ask the builder</span>
        </button>
      </form>
    )}
    {gap.status === 'asked' && (
      <p>
        <Badge tone="gold">Asked</Badge> The builder has your question. The answer will appear here.
      </p>
    )}
    {gap.status === 'answered' && (
      <p>
        {gap.byBuilder ? (
          <Badge tone="success">Answered by your builder</Badge>
        ) : (
          <Badge tone="success">Answered since</Badge>
        )}
      </p>
    )}
  </div>
)
