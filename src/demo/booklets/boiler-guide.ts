// The gas boiler guide, for the house types that are heated by a boiler instead of a heat pump.
import {
  type Booklet,
  bookletFor,
  bullets,
  danger,
  note,
  steps,
  subheading,
  table,
  text,
} from '#src/demo/booklet.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

export function boilerGuide(estate: EstateProfile): Booklet {
  const { heating } = estate
  return bookletFor(estate, {
    reference: 'GB',
    title: 'Gas Boiler Guide',
    subtitle: 'For homes with a condensing gas boiler.',
    issued: 'February 2026',
    hasCover: true,
    leaves: [
      {
        id: 'using',
        heading: 'Using the gas boiler',
        blocks: [
          danger(
            'If you smell gas',
            'Touch no switch, leave the home, and call Gas Networks Ireland on 1800 20 50 50, or 999 or 112, from outside.',
          ),
          text(
            `Your home is heated by a ${heating.maker} condensing gas boiler; its model and output are in the specification of your house type. It heats the radiators and the hot water cylinder. The boiler takes its air from outside and sends its waste gas out through the flue: never block or box in the flue outlet.`,
          ),
          steps(
            'Set the programmer to Timed.',
            `Set the room thermostat to ${heating.roomSetpoint}.`,
            'Press Hot water for one extra hour when you need it.',
          ),
          subheading('Timed periods'),
          text(
            'Two periods a day suit most households. The boiler warms the home within about half an hour, so begin the first period 30 minutes before you get up. Leave thermostatic valves in the room with the thermostat fully open.',
          ),
          subheading('Pressure'),
          text(
            `When cold, the gauge should read ${heating.pressureBar}. If it falls below 1.0 bar, ask a heating installer to look for the loss.`,
          ),
          note(
            'White plume outside',
            'A white plume at the flue in cold weather is water vapour and is normal.',
          ),
        ],
      },
      {
        id: 'faults',
        heading: 'Fault lights, care and service',
        blocks: [
          table(
            [0.16, 0.42, 0.42],
            ['Light', 'Meaning', 'What to do'],
            ['Green', 'Running', 'Nothing'],
            [
              'Amber, steady',
              'System pressure is low',
              'Read the gauge; call a heating installer if below 1.0 bar',
            ],
            [
              'Amber, blinking',
              'Condensate pipe blocked or frozen',
              'Leave the boiler off and call a Registered Gas Installer',
            ],
            [
              'Red',
              'The flame was not detected',
              'Press Reset once; if it returns, call a Registered Gas Installer',
            ],
          ),
          text(
            'A boiler must be serviced once a year by a Registered Gas Installer. Ask for the completion certificate and keep it: the guarantee of the boiler depends on an unbroken record. Nobody else may take off its cover, for any reason.',
          ),
          subheading('Carbon monoxide'),
          text(
            `The carbon monoxide alarm is ${estate.safetyAlarms.carbonMonoxideIn}. Test it ${estate.safetyAlarms.testEvery}. If it sounds, leave the home at once and call 999 or 112.`,
          ),
          subheading('Care that is yours'),
          bullets(
            `Bleed the radiators ${heating.bleedEvery}, as the home user guide describes.`,
            'Keep the space in front of the boiler free.',
            'Do not dry clothes on the flue or store anything on the boiler.',
          ),
        ],
      },
    ],
  })
}
