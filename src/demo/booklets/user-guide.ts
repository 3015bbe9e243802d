// The home user guide: the handover pack's main book, the same chapters for every estate with its own answers.
import { type Booklet, bookletFor, note, text, withContents } from '#src/demo/booklet.ts'
import { careLeaves } from '#src/demo/booklets/user-guide-care.ts'
import { safetyLeaves } from '#src/demo/booklets/user-guide-safety.ts'
import { servicesLeaves } from '#src/demo/booklets/user-guide-services.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

export function userGuide(estate: EstateProfile): Booklet {
  const leaves = [...safetyLeaves(estate), ...servicesLeaves(estate), ...careLeaves(estate)]
  return bookletFor(estate, {
    reference: 'UG',
    title: 'Home User Guide',
    subtitle: `Your handover pack: how your new home at ${estate.name} works, how to look after it, and what to do when something goes wrong.`,
    issued: 'February 2026',
    hasCover: true,
    leaves: withContents(leaves, [
      text(
        `Welcome to your new home at ${estate.name}, ${estate.addressLine}, ${estate.locality}. This guide is part of the handover pack that ${estate.tenant.name} gives to every household. It explains the parts of the home that you will use every day, the checks that keep it healthy, and the few things that must be left to a qualified person.`,
      ),
      text(
        'Models, sizes and ratings differ from one house type to another. Where they matter, look in the specification of your own house type and not in this guide. Keep this book in the home: it belongs with the house and should be passed on if you sell.',
      ),
      note(
        'Work that is not for the householder',
        'Gas, fixed electrical wiring and anything that carries load are never do-it-yourself work. Gas work is for a Registered Gas Installer, wiring is for a Registered Electrical Contractor, and walls, floors and roofs need a structural engineer before they are touched.',
      ),
    ]),
  })
}
