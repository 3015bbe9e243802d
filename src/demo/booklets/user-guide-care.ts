// Chapters of the home user guide on the first year, decorating, appliances and life on the estate.
import { bullets, danger, type Leaf, note, subheading, table, text } from '#src/demo/booklet.ts'
import { binCollection } from '#src/demo/facts.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

export function careLeaves(estate: EstateProfile): Leaf[] {
  return [firstYear(estate), decorating(estate), appliances(estate), livingHere(estate)]
}

function firstYear(estate: EstateProfile): Leaf {
  return {
    id: 'first-year',
    heading: 'Maintenance in your first year',
    blocks: [
      text(
        'A new home settles, dries and is run in during its first year. Most of this maintenance needs no special tools; the rest is marked for an installer. Tick the rows as you go and keep the receipts of every service, because the guarantees ask for them.',
      ),
      table(
        [0.24, 0.5, 0.26],
        ['When', 'What', 'Who'],
        [
          'First week',
          'Find the stopcock, the boundary stop valve and the fuse board; choose your alarm code',
          'You',
        ],
        [
          'First month',
          `Register the cylinder guarantee, within ${estate.cylinder.registerWithinDays} days of handover, and the appliances`,
          'You',
        ],
        [sentence(estate.ventilation.cleanEvery), 'Clean the ventilation filters', 'You'],
        [sentence(estate.safetyAlarms.testEvery), 'Test the smoke, heat and carbon monoxide alarms', 'You'],
        [
          'Every month',
          'Look at the pressure gauge of the heating; run little-used taps and showers for two minutes',
          'You',
        ],
        [
          'Every six months',
          'Rinse tap aerators, vacuum around the alarms, oil hinges and locks, check the seals of baths and showers',
          'You',
        ],
        [
          'Autumn',
          'Clear leaves from gutters, gullies and the ground around the outdoor unit; close and drain the garden tap',
          'You, from the ground only',
        ],
        [sentence(estate.heating.bleedEvery), 'Bleed the radiators', 'You'],
        ...heatingServices(estate),
        [
          sentence(estate.cylinder.serviceEvery),
          'Service the hot water cylinder and its safety valves',
          'Heating installer',
        ],
        [
          'End of the first year',
          'Walk through every room, list what has moved or opened since handover, and send the list to customer care',
          'You',
        ],
      ),
      note(
        'Do not work at height',
        'Roofs, chimneys, gutters above the ground floor and solar panels are cleaned and checked by a contractor with proper access equipment.',
      ),
      text(
        'Garden: water a new lawn every second evening for the first six weeks of dry weather, and keep soil and bark at least 150 mm below the damp-proof course of the walls. Do not cover the vents at the bottom of the outside walls.',
      ),
    ],
  }
}

function heatingServices(estate: EstateProfile): string[][] {
  const hasBoilers = estate.houseTypes.some((type) => type.heating.kind === 'gas_boiler')
  return [
    [
      sentence(estate.heating.serviceEvery),
      'Service the heat pump and write it in the log',
      'Heating installer',
    ],
    ...(hasBoilers
      ? [['Once a year', 'Service the gas boiler, in homes that have one', 'Registered Gas Installer']]
      : []),
  ]
}

function decorating(estate: EstateProfile): Leaf {
  const { decorating: finish } = estate
  return {
    id: 'decorating',
    heading: 'Drying out, small cracks and paint',
    blocks: [
      text(
        `Concrete, plaster and mortar hold thousands of litres of water when a home is finished. It takes about ${finish.dryingMonths} months for your home to dry out. During that time timber shrinks a little and plaster may show hairline cracks at corners, above doors and along the stairs.`,
      ),
      subheading('Help it to dry evenly'),
      bullets(
        `Keep the heating steady near ${estate.heating.roomSetpoint}; do not try to dry the home by heating it hard.`,
        'Keep the ventilation running, also when you are away, and leave inside doors open.',
        'Leave wardrobes and presses a hand’s width from outside walls and open their doors now and then.',
        'A white, powdery deposit on new brick or plaster is salt. Brush it off dry; it stops by itself.',
      ),
      subheading('Which cracks are ordinary'),
      text(
        `Hairline cracks up to ${finish.crackMm} mm wide that do not grow are part of drying and can be filled when you first redecorate. Mark the ends of a crack with a pencil and the date, and look again after a month.`,
      ),
      danger(
        'Cracks to report',
        `Report a crack that is wider than ${finish.crackMm} mm, that grows, that runs in steps along block joints, or that comes with a sticking door or window. Do not fill it. A structural engineer must look before anybody says whether it matters.`,
      ),
      subheading('Paint and touch-up'),
      text(
        `Wait ${finish.waitMonths} months before you wallpaper or use dark colours, so that moisture can leave the walls. The walls are painted in ${finish.walls}, and the woodwork in ${finish.woodwork}. For a touch-up, stir the paint well, use a small foam roller rather than a brush, and paint from corner to corner when the mark is larger than a coin: new paint on old always shows a little at first.`,
      ),
      text(
        'The colour of your front door is in the specification of your house type. It is a factory finish: wash it with mild soap twice a year and do not paint it, because paint may end its guarantee.',
      ),
      note(
        'Fixing things to walls',
        'Inside walls are partly plasterboard on studs. Use fixings made for plasterboard, keep away from the zones of cables and pipes, and never cut a stud, joist or truss.',
      ),
    ],
  }
}

function appliances(estate: EstateProfile): Leaf {
  const { appliances: years } = estate
  return {
    id: 'appliances',
    heading: 'Appliances and their warranties',
    blocks: [
      text(
        'The kitchen appliances were installed and tested before handover. Their makers, not the builder, stand over them. Each warranty runs from the date of handover printed on your handover certificate, and each begins only when you register the appliance with its maker; the cards are in the drawer beside the oven.',
      ),
      table(
        [0.3, 0.24, 0.46],
        ['Appliance', 'Warranty', 'Care'],
        [
          'Dishwasher',
          yearsFrom(years.dishwasherYears),
          'Clean the filter every month; refill salt when the light shows',
        ],
        ['Oven', yearsFrom(years.ovenYears), 'Wipe when cool; no foil on the floor of the oven'],
        ['Induction hob', yearsFrom(years.hobYears), 'Use flat pans; lift, do not slide them'],
        ['Cooker hood', yearsFrom(years.hoodYears), 'Wash the grease filter every second month'],
      ),
      subheading('When something stops working'),
      bullets(
        'Check the isolator switch above the worktop and the circuit at the fuse board.',
        'Read the fault code on the display and look it up in the maker’s booklet.',
        'Ring the maker’s own service number on the card, with the serial number from the door frame of the appliance.',
        'Do not open, move or rewire a built-in appliance: its connection is fixed wiring.',
      ),
      subheading('What the warranty leaves out'),
      text(
        'Breakage of glass, scratches, limescale, bulbs and seals, damage by wrong use, and service calls for appliances that turn out to be in order are not covered. Keep the proof of registration with this guide; you will be asked for it.',
      ),
      subheading('White goods that you bring'),
      text(
        'The spaces in the kitchen and the utility room are 600 mm wide and have a cold-water valve, a waste connection and a socket each. Have a washing machine levelled and its transport bolts taken out before the first wash. A tumble dryer must be of the condensing or heat-pump kind, because a vented one would upset the ventilation of the home.',
      ),
      note(
        'Worktops',
        'Use a board for cutting and a stand for hot pans. Wipe spills at once, above all at the joints and around the sink. The material of your own worktop is in the specification of your house type, and so is its care.',
      ),
    ],
  }
}

function livingHere(estate: EstateProfile): Leaf {
  const { waste, managementCompany, office } = estate
  return {
    id: 'living-here',
    heading: `Living at ${estate.name}`,
    blocks: [
      subheading('Bins'),
      text(
        `${binCollection(estate)}. Put the bin out after ${waste.putOutAfter} and bring it in on the day itself. Bins are kept ${waste.storage}. The waste guide has the calendar for the whole year and says what goes where. For glass, use ${waste.glass}.`,
      ),
      subheading('The management company'),
      text(
        `The open spaces, the roads until they are taken in charge, the lighting and the shared planting are looked after by ${managementCompany.name}. Every owner is a member and pays a yearly service charge. Write to it at ${managementCompany.email} about lighting, planting, parking on the roads and shared stores.`,
      ),
      subheading('Parking'),
      text(
        'Park only in the spaces that belong to your home or on the visitors’ bays. Footpaths, turning heads and the fronts of shared stores must stay free for prams, wheelchairs, collection lorries and the fire brigade. Whether and how many spaces come with your home is in the contract and, where recorded, in this app.',
      ),
      subheading('Broadband and television'),
      text(
        `${estate.broadband}. Choose your own provider. The ducts are in place: do not let an installer drill through an outside wall, because each hole breaks the airtight layer.`,
      ),
      subheading('Changes to the house'),
      bullets(
        'Extensions, attic rooms and new openings may need planning permission and always need a structural engineer.',
        'Satellite dishes and anything fixed to the outside needs the written consent of the management company.',
        'Sheds, decking and paving must leave the drains, the covers and the outdoor heating unit free by one metre.',
      ),
      subheading('Who to ask'),
      table(
        [0.42, 0.58],
        ['For', 'Contact'],
        [
          'Your home: defects, guarantees, documents',
          `${estate.tenant.name} customer care, ${office.phone}, ${office.email}`,
        ],
        ['Shared areas, service charge', `${managementCompany.name}, ${managementCompany.email}`],
        ['Major leak, no power in your home', `${estate.name} emergency line, ${estate.emergencyPhone}`],
      ),
    ],
  }
}

function yearsFrom(years: number): string {
  return `${years} year${years === 1 ? '' : 's'} from handover`
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
