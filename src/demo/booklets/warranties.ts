// The two warranties a purchaser asks about: the cylinder guarantee and the summary of the structural cover.
import { type Booklet, bookletFor, bullets, note, steps, subheading, table, text } from '#src/demo/booklet.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

export function cylinderGuarantee(estate: EstateProfile): Booklet {
  const { cylinder } = estate
  return bookletFor(estate, {
    reference: 'CG',
    title: 'Hot Water Cylinder Guarantee',
    subtitle: `What the ${cylinder.maker} guarantee covers, how to register it, and how to keep it in force.`,
    issued: 'January 2026',
    hasCover: true,
    leaves: [
      {
        id: 'cover',
        heading: 'What the cylinder guarantee covers',
        blocks: [
          text(
            `${cylinder.maker} guarantees the stainless steel cylinder in your home against leaks caused by faulty material or workmanship. The size of the cylinder in your own home is given in the specification of your house type; the guarantee is the same for all sizes.`,
          ),
          table(
            [0.56, 0.44],
            ['Part', 'Guaranteed for'],
            ['Stainless steel shell of the cylinder', period(cylinder.shellYears)],
            ['Immersion heater, thermostats, valves and sensor', period(cylinder.partsYears)],
            ['Labour, when the maker’s own engineer is sent', period(cylinder.partsYears)],
          ),
          text(
            `The guarantee covers the shell for ${period(cylinder.shellYears)} and the parts for ${period(cylinder.partsYears)}, counted from the date of handover. If a covered part fails, the maker repairs or replaces it at no charge; a replaced part is covered for what is left of the first period.`,
          ),
          subheading('What it does not cover'),
          bullets(
            'Limescale, and damage by water harder or more acid than the limits printed on the rating plate.',
            'Damage by frost while the home stood empty without heating.',
            'A cylinder that was moved, altered or worked on by somebody without the required qualification.',
            'Damage to carpets, ceilings and belongings: that is a matter for your household insurance.',
            'Expansion vessels after the first year, washers and other parts that wear.',
          ),
          subheading('The guarantee and your rights'),
          text(
            'The guarantee is given by the maker in addition to your rights in law and to the structural cover of the home. It stays with the home: a new owner takes it over by sending the maker a copy of the first registration.',
          ),
        ],
      },
      {
        id: 'register',
        heading: 'How to register the guarantee',
        blocks: [
          text(
            `Register the cylinder within ${cylinder.registerWithinDays} days of handover at ${cylinder.registerAt}. Without registration the guarantee for the shell falls to two years. Registration is free and takes five minutes.`,
          ),
          steps(
            'Find the rating plate: it is the silver label at eye level on the front of the cylinder.',
            'Write down the serial number, which has eleven characters and begins with two letters.',
            'Find the commissioning date on the log sheet in the plastic pocket beside the cylinder.',
            `Open ${cylinder.registerAt}, choose "New home", and enter the serial number, the commissioning date and your name.`,
            'Add a photograph of the completed log sheet. It must show the installer’s signature.',
            'Keep the confirmation that is sent to you, and put a printed copy with this booklet.',
          ),
          note(
            'No internet?',
            'Fill in the card at the back of the log sheet and post it. The date of the postmark counts as the date of registration.',
          ),
          subheading('What you need at hand'),
          table(
            [0.34, 0.66],
            ['Item', 'Where to find it'],
            ['Serial number', 'Rating plate on the front of the cylinder'],
            ['Commissioning date', 'Log sheet beside the cylinder'],
            ['Date of handover', 'Handover certificate in your pack'],
            ['Installer’s registration number', 'Log sheet, last line'],
          ),
          text(
            'If the log sheet is missing or unsigned, ask customer care for a copy before you register. Do not take off the cover of the immersion heater to look for numbers: there is mains voltage behind it.',
          ),
        ],
      },
      {
        id: 'keeping',
        heading: 'Keeping the guarantee in force',
        blocks: [
          text(
            `The cylinder stores hot water under pressure. Its safety valves must be checked, so the guarantee asks for a service ${cylinder.serviceEvery} by a competent heating installer. Each service is written in the log sheet, with date, name and registration number.`,
          ),
          subheading('What the installer does at a service'),
          bullets(
            'Checks the expansion valve and the temperature and pressure relief valve, and that both discharge freely.',
            'Checks the charge of the expansion vessel and the setting of the pressure reducer.',
            'Cleans the strainer, tests the thermostats and reads the current of the immersion heater.',
            'Looks for drips, corrosion and damaged insulation.',
          ),
          subheading('What you can do'),
          bullets(
            `Leave the temperature at ${estate.heating.hotWaterTemperature}, and leave the weekly or monthly hygiene heating on.`,
            'Look once a month at the tundish, the small open funnel in the pipe. It should be dry.',
            'Keep the space around the cylinder free, and do not store anything on top of it.',
          ),
          note(
            'Water in the tundish',
            `If water runs through the tundish, switch the immersion heater and the hot water off at their switches, do not touch the valves, and call a heating installer. If it runs fast or is steaming, close the stopcock and ring the ${estate.name} emergency line on ${estate.emergencyPhone}.`,
          ),
          subheading('Making a claim'),
          steps(
            `Note the serial number and what you see, and take a photograph.`,
            `Report it at ${cylinder.registerAt} under "Claim", with the log sheet attached.`,
            'Let the maker’s engineer see the cylinder before anything is taken out: parts that were thrown away cannot be judged.',
          ),
          text(
            'A call-out is charged when the cause is outside the guarantee, such as a missed service, frost or limescale. Ask for the reason in writing if a claim is declined.',
          ),
        ],
      },
    ],
  })
}

export function structuralWarranty(estate: EstateProfile): Booklet {
  const { structure } = estate
  return bookletFor(estate, {
    reference: 'SW',
    title: 'Structural Warranty Summary',
    subtitle: `A plain summary of the ${structure.provider} policy on your home. The policy itself decides.`,
    issued: 'January 2026',
    hasCover: true,
    leaves: [
      {
        id: 'cover',
        heading: 'What the structural warranty covers',
        blocks: [
          text(
            `Every home at ${estate.name} is covered by a structural warranty from ${structure.provider}. It protects the owner against major defects in the parts that carry the building and keep the water out. Cover begins ${structure.policyStarts} and passes to later owners.`,
          ),
          table(
            [0.62, 0.38],
            ['Part of the home', 'Cover lasts'],
            [
              'Major defects of the structure: foundations, load-bearing walls, floors, roof frame',
              period(structure.structureYears),
            ],
            [
              'Water coming in through roofs, walls, windows and below-ground walls',
              period(structure.waterYears),
            ],
            ['Smoke coming in through faulty flues', period(structure.smokeYears)],
          ),
          text(
            `In short: the structure is covered for ${period(structure.structureYears)}, and water ingress for ${period(structure.waterYears)}. The periods run from the start of cover and are not renewed by a change of owner.`,
          ),
          subheading('What counts as a major defect'),
          bullets(
            'Movement that makes a load-bearing part unsafe or no longer fit for its purpose.',
            'Failure of a foundation, or of the ground that it was built for.',
            'Structural timber or steel that fails because of faulty design, material or workmanship.',
          ),
          subheading('What is not covered'),
          bullets(
            'Hairline cracks from drying out, ordinary settlement, and wear.',
            'Decoration, appliances, heating, alarms, fences, sheds, paving and gardens.',
            'Changes made after handover, and damage that follows from them.',
            'Damage that household insurance covers, such as storm, fire, flood and burst pipes.',
          ),
          note(
            'Not advice',
            'This summary explains the policy in ordinary words. It is not legal or insurance advice. Read the policy document, and ask the provider when something is not clear.',
          ),
        ],
      },
      {
        id: 'claims',
        heading: 'Making a claim, and keeping the cover',
        blocks: [
          text(
            'If you notice something that may be a structural defect, make the place safe by keeping people away from it, and report it soon. Do not open up, prop, fill or paint over the place: the engineer needs to see it as it is.',
          ),
          steps(
            'Take photographs with a ruler in the picture, and write down the date on which you first saw it.',
            `Tell ${estate.tenant.name} customer care on ${estate.office.phone} or at ${estate.office.email}.`,
            `Ring ${structure.provider} on ${structure.claimsPhone} with your policy number, which is on your certificate of cover.`,
            'A claims engineer visits the home, and you get the finding in writing.',
            'If the defect is covered, the provider arranges and pays for the work, less the excess named in the policy.',
          ),
          subheading('What you need'),
          table(
            [0.4, 0.6],
            ['Document', 'Where it is'],
            ['Certificate of cover with the policy number', 'Sent to your solicitor at handover'],
            ['Handover certificate with its date', 'In your handover pack'],
            ['Photographs and notes', 'Yours; keep them dated'],
            ['Engineer’s reports, if any', 'Yours; send copies, keep the originals'],
          ),
          subheading('What can end the cover'),
          bullets(
            'Removing or cutting a wall, beam, joist, truss or stair without a structural engineer’s design and the provider’s consent.',
            'Planting large trees within five metres of the walls, or digging below the foundations.',
            'Blocking the ventilation of floors and roofs, or raising the ground above the damp-proof course.',
          ),
          subheading('Before you alter the home'),
          text(
            'Knocking a wall through, changing an attic into a room, or adding an extension must first be designed by a structural engineer. Send the drawings to the provider before work begins and keep its answer. Nobody can tell from the look of a wall whether it carries load.',
          ),
          text(
            'If you and the provider do not agree, the policy names an independent person to whom you can turn. The steps and the time limits for that are set out in the policy itself.',
          ),
        ],
      },
    ],
  })
}

function period(years: number): string {
  return `${years} year${years === 1 ? '' : 's'}`
}
