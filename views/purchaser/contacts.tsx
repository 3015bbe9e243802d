// Whom to call: names, and numbers that a tap dials.
import { telephoneUrl } from '#views/format.ts'
import { Icon } from '#views/parts/icon.tsx'

export type Contact = { label: string; number: string; note: string | null }

export const Contacts = ({ contacts, className }: { contacts: Contact[]; className?: string }) => (
  <ul class={className ? `contacts ${className}` : 'contacts'}>
    {contacts.map((contact) => (
      <li>
        <a href={telephoneUrl(contact.number)}>
          <Icon name="phone" />
          <span>{contact.label}</span>
          <strong class="contact-number">
            {contact.number}
            {contact.note && <small> {contact.note}</small>}
          </strong>
        </a>
      </li>
    ))}
  </ul>
)
