// Papers of the whole estate beside the guides: notices, the brochure, the staff's structural sheet and certificates of single homes.
import { type Booklet, bookletFor, bullets, note, steps, subheading, table, text } from '#src/demo/booklet.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

export function flushingNotice(estate: EstateProfile): Booklet {
  const { notices } = estate
  return bookletFor(estate, {
    reference: 'N1',
    title: 'Notice: Flushing of the Water Main',
    subtitle: 'To all households',
    issued: '16 March 2026',
    hasCover: false,
    leaves: [
      {
        id: 'when',
        heading: 'Flushing of the water main',
        blocks: [
          text(
            `To all households at ${estate.name}. The water main in the estate roads will be flushed on ${notices.flushing}, from ${notices.flushingHours}. Flushing clears fine sediment that gathers in a new main. The supply will be low or off for part of that time, and the water may be cloudy for some hours afterwards. It is safe, but it does not look pleasant.`,
          ),
          table(
            [0.3, 0.7],
            ['What', 'Details'],
            ['Date', notices.flushing],
            ['Time', notices.flushingHours],
            ['Homes', 'All homes, all house types'],
            ['Ask', `${estate.tenant.name} customer care, ${estate.office.phone}`],
          ),
          subheading('Before the work'),
          bullets(
            'Fill a kettle and a jug for drinking.',
            'Do not start the washing machine or the dishwasher that morning.',
            'Check that all taps are closed, so that nothing overflows when the water comes back.',
          ),
          subheading('After the work'),
          steps(
            'Open the cold tap at the kitchen sink first, slowly, and let it run until the water is clear.',
            'Then run the other cold taps for a minute each, and the hot taps last.',
            'Unscrew and rinse the tap aerators if the flow is weak.',
          ),
        ],
      },
      {
        id: 'questions',
        heading: 'Questions and answers',
        blocks: [
          subheading('Do I have to close my stopcock?'),
          text(
            `No. If you are away on the day, close it before you leave, so that no tap is left open without you. The stopcock is ${estate.water.stopcock}.`,
          ),
          subheading('What happens to the heating?'),
          text(
            'Nothing. The heating is a closed circuit and goes on. The hot water cylinder stays full, but hot water comes only as fast as cold water can follow it.',
          ),
          subheading('Someone in my home depends on water for a medical device'),
          text(
            'Tell customer care before the day. A can of drinking water can be brought to the door, and the work in front of your home can be timed with you.',
          ),
          subheading('The water stays cloudy'),
          text(
            'Cloudiness from air clears from the bottom of a glass within a minute; brown water is sediment and clears when it runs. If it is not clear on the next day, tell customer care. Do not wash white clothes until it is clear.',
          ),
          note(
            'The boundary stop valves',
            `Please keep the covers free on the day, and do not park on them. Yours is ${estate.water.boundaryValve}.`,
          ),
          text(
            'The contractor’s people carry a card with their photograph. They do not need to enter any home, and nobody will ask you for money. If somebody does, do not let them in and ring customer care.',
          ),
        ],
      },
    ],
  })
}

export function roadNotice(estate: EstateProfile): Booklet {
  const { notices } = estate
  return bookletFor(estate, {
    reference: 'N2',
    title: 'Notice: Footpath and Road Works',
    subtitle: 'To all households',
    issued: '30 March 2026',
    hasCover: false,
    leaves: [
      {
        id: 'works',
        heading: 'Footpath and road works',
        blocks: [
          text(
            `The footpath and the top layer of the road will be finished along ${notices.worksRoad}. The works take place from ${notices.works}, between 8.00 am and 5.00 pm on each day. We know that this is a nuisance, and thank you for your patience.`,
          ),
          table(
            [0.3, 0.7],
            ['What', 'Details'],
            ['Dates', notices.works],
            ['Where', sentence(notices.worksRoad)],
            ['Hours', '8.00 am to 5.00 pm'],
            ['Ask', `${estate.tenant.name} customer care, ${estate.office.phone}, ${estate.office.email}`],
          ),
          subheading('Cars'),
          bullets(
            'Please move cars from the road before 7.30 am on each day.',
            'Driveways along the works can be used before 7.30 am and after 5.30 pm.',
            'The visitors’ bays are kept for the affected households while the works last.',
          ),
          subheading('On foot, with a pram or in a wheelchair'),
          text(
            'One side of the road stays open with ramps at each end. A marshal is on site during the hours of work and will help you past. Emergency vehicles can get through at any time.',
          ),
          subheading('Bins'),
          text(
            `Collection is on ${estate.waste.day} as usual. Along the works, please bring the bin to the nearest corner on the evening before; the crew brings the empty bins back to the doors.`,
          ),
          note(
            'Noise and dust',
            'The planing machine works on the first morning. Keep windows on that side closed, and leave the ventilation running: its filters hold the dust back. Look at the filters afterwards.',
          ),
        ],
      },
    ],
  })
}

/** Given to buyers before they buy: its round figures must never be served as answers about a home. */
export function brochure(estate: EstateProfile): Booklet {
  return bookletFor(estate, {
    reference: 'BR',
    title: `${estate.name} Brochure`,
    subtitle: `A place to come home to, ${estate.locality}, County ${estate.county}.`,
    issued: 'March 2024',
    hasCover: true,
    leaves: [
      {
        id: 'place',
        heading: `Come home to ${estate.name}`,
        blocks: [
          text(
            `${estate.name} is a new neighbourhood of well-built homes on ${estate.addressLine}, ${estate.locality}. Broad paths, young trees and quiet roads lead to homes that are light, warm and easy to run. Every home is designed to a high energy standard and finished with care.`,
          ),
          subheading('Homes for every household'),
          bullets(
            ...estate.houseTypes.map(
              (type) =>
                `${type.code}: ${type.name.toLowerCase()}, from about ${Math.floor(Math.min(...type.variants.flatMap((variant) => variant.sizesM2)) / 10) * 10} m²`,
            ),
          ),
          subheading('Designed for comfort'),
          text(
            'Generous windows bring the light in. Heating by renewable energy of up to 16 kW, a cylinder of up to 400 litres, and as many as 20 solar panels keep running costs low. All figures in this brochure are for guidance and may change before completion.',
          ),
          note(
            'About this brochure',
            'Pictures, figures and layouts are illustrations. They form no part of a contract. The specification of the house type is what is built.',
          ),
        ],
      },
      {
        id: 'neighbourhood',
        heading: 'The neighbourhood',
        blocks: [
          text(
            `${estate.locality} gives you the calm of the edge of the town and the life of the city. Green lanes begin at the gate; the roads into the city are near. The estate has its own paths for walking and cycling, planting that flowers from March to October, and lighting that is gentle to the night sky.`,
          ),
          subheading('Thoughtful details'),
          bullets(
            'Tall ceilings on the ground floor and wide stairs.',
            'Storage in the hall, under the stairs and in the hot press.',
            'Gardens that catch the evening sun, with a tap and a socket.',
            'Fibre broadband to every home.',
          ),
          subheading('Built to last'),
          text(
            `${estate.tenant.name} builds with local trades. Every home is inspected at each stage by an assigned certifier and is covered by a structural warranty. On the day of handover a member of our staff walks through the home with you, shows how everything works, and gives you the handover pack.`,
          ),
          text(
            'Come and see the show home by appointment. Our sales staff will be glad to tell you which homes are still available and to show you the plans of each house type.',
          ),
        ],
      },
    ],
  })
}

export function structuralSheet(estate: EstateProfile): Booklet {
  return bookletFor(estate, {
    reference: 'ST',
    title: 'Structural and Technical Sheet',
    subtitle: 'For staff only',
    issued: 'November 2024',
    hasCover: false,
    leaves: [
      {
        id: 'foundations',
        heading: 'Foundations and frame',
        blocks: [
          note(
            'For staff only',
            'This sheet is for the builder’s technical staff. It is not given to purchasers, because it must be read together with the calculations.',
          ),
          table(
            [0.4, 0.6],
            ['Element', 'Design'],
            ['Strip foundations', `${600 + estate.seed} mm wide, concrete C30/37`],
            ['Bearing pressure assumed', `${100 + (estate.seed % 60)} kN/m²`],
            ['Rising walls', '215 mm solid block to damp-proof course'],
            ['First floor', 'Engineered I-joists at 400 mm centres'],
            ['Roof', 'Trussed rafters at 600 mm centres'],
            ['Lintels', 'Prestressed concrete; steel over openings of more than 2.4 m'],
          ),
          subheading('Load paths'),
          text(
            'Floor joists span from the front wall to the spine wall and from there to the rear wall. The spine wall carries load in all semi-detached types. In the large detached types a steel beam over the kitchen replaces the spine wall on the ground floor; it bears on padstones at both ends.',
          ),
          subheading('Ground'),
          text(
            'The site investigation found firm sandy clay below 0.4 m of topsoil, with soft spots along the old ditch. Foundations over the ditch were stepped down to firm ground and are marked on the as-built drawings. Radon sump and membrane are fitted in every home.',
          ),
        ],
      },
      {
        id: 'records',
        heading: 'Tests and records',
        blocks: [
          table(
            [0.44, 0.3, 0.26],
            ['Test', 'Frequency', 'Result kept in'],
            ['Concrete cubes, 28 days', 'Each pour', 'File S-1'],
            ['Wall ties and cavity inspection', 'Each block', 'File S-2'],
            ['Truss delivery and bracing', 'Each roof', 'File S-3'],
            ['Airtightness', 'Each home', 'File S-4'],
            ['Drain test by air', 'Each run', 'File S-5'],
          ),
          subheading('Answering purchasers'),
          text(
            'Do not quote from this sheet. A purchaser who asks about a crack, a wall or an extension is told that a structural engineer must look at the home, and the question is passed to the technical manager. Send drawings only to the engineer whom the purchaser has appointed, and record that you did.',
          ),
          text(
            'Changes to any figure on this sheet are made by the design engineer and re-issued under a new date. Destroy earlier issues. The certificate of compliance of each home refers to the issue that was valid on the day of its inspection.',
          ),
        ],
      },
    ],
  })
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
