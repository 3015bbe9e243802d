// Who looks after what in the estates of the demonstration: invented, and said to be.
import type { DemoResponsibility } from '#src/demo/model.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

export function estateResponsibilities({ name, managementCompany }: EstateProfile): DemoResponsibility[] {
  const agreement = 'Management agreement of the demonstration (invented)'
  const thing = (
    thing: string,
    party: DemoResponsibility['party'],
    evidence: string,
    partyName: string | null = null,
  ): DemoResponsibility => ({ thing, party, partyName, evidence, evidenceOn: '2026-02-16' })
  return [
    thing('Roof and outer walls of a house', 'owner', 'Contract of sale of the demonstration (invented)'),
    thing(
      'Boundary wall between two gardens',
      'owner',
      'Land map of the demonstration (invented)',
      'Shared by both neighbours',
    ),
    thing('Green areas and playground', 'management_company', agreement, managementCompany.name),
    thing('Visitor parking', 'management_company', agreement, managementCompany.name),
    thing('Estate road and footpaths', 'builder', `${name} is not taken in charge yet (invented)`),
    thing('Street lights', 'unresolved', 'Handover to the council is being talked about (invented)'),
    thing('Water main and public sewer', 'utility', 'Connection agreement of the demonstration (invented)'),
  ]
}
