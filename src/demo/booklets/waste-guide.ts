// The waste guide: which bin goes out in which week of 2026, what goes in it, and where bins are kept.
import { type Booklet, bookletFor, bullets, note, subheading, table, text } from '#src/demo/booklet.ts'
import type { EstateProfile, WasteProfile } from '#src/demo/profile.ts'

const dayMs = 86_400_000
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

export function wasteGuide(estate: EstateProfile): Booklet {
  const { waste } = estate
  return bookletFor(estate, {
    reference: 'WG',
    title: 'Waste and Recycling Guide',
    subtitle: `Collections by ${waste.collector} at ${estate.name} in 2026.`,
    issued: 'January 2026',
    hasCover: false,
    leaves: [
      {
        id: 'which-week',
        heading: 'Which bin goes out in which week',
        blocks: [
          text(
            `Bins are collected every ${waste.day} by ${waste.collector}. The ${waste.food} food bin goes out every week. The ${waste.general} general-waste bin and the ${waste.recycling} recycling bin take turns: one goes out in one week, the other in the next. Put the bin out after ${waste.putOutAfter}, with its handle towards the road, and bring it in on the day itself.`,
          ),
          table(
            [0.16, 0.42, 0.42],
            [
              '2026',
              `${sentence(waste.general)} bin, general waste`,
              `${sentence(waste.recycling)} bin, recycling`,
            ],
            ...calendarRows(waste),
          ),
          note(
            'Public holidays',
            `Collections go ahead on public holidays as usual, except that a collection due on 25 or 26 December is made on the next working day.`,
          ),
          text(
            `How to tell the week: the ${waste.general} general-waste bin was collected on ${spoken(waste.firstGeneralOn)}, and again every second ${waste.day} from then on. In every week between, it is the turn of the ${waste.recycling} recycling bin.`,
          ),
        ],
      },
      {
        id: 'what-goes-where',
        heading: 'What goes in which bin',
        blocks: [
          table(
            [0.24, 0.38, 0.38],
            ['Bin', 'Yes', 'No'],
            [
              `${sentence(waste.food)}, food`,
              'Cooked and raw food, peelings, tea leaves, coffee grounds, cut flowers, soiled kitchen paper',
              'Plastic bags, even those marked compostable, unless they carry the seedling mark; liquids; oil',
            ],
            [
              `${sentence(waste.recycling)}, recycling`,
              'Paper, card, tins, plastic bottles and tubs, cartons, soft plastic; all of it clean, dry and loose',
              'Glass, nappies, food, textiles, cables, recyclables tied up in bags',
            ],
            [
              `${sentence(waste.general)}, general waste`,
              'Nappies, vacuum dust, cold ash, broken crockery, dirty wrappings',
              'Paint, batteries, gas cartridges, electrical goods, rubble',
            ],
          ),
          subheading('Glass, batteries and the rest'),
          bullets(
            `Glass bottles and jars: ${waste.glass}. Lids go in the recycling bin.`,
            'Batteries and small electrical goods: free of charge at any shop that sells them.',
            'Paint, oil and chemicals: the civic amenity site, never the drain or a bin.',
            'Bottles and cans with the deposit mark: back to a shop, for the deposit.',
            'Clothes: a textile bank or a charity shop, clean and in a tied bag.',
          ),
          note(
            'Batteries are a fire risk',
            'Lithium batteries, vapes and gas cartridges catch fire when they are crushed in the lorry. They never go in any bin.',
          ),
          text(
            'A bin with the wrong contents is left behind with a tag that says why. Take the wrong items out and put the bin out again in its next week; it is not collected in between.',
          ),
        ],
      },
      {
        id: 'storage',
        heading: 'Where bins are kept, and who to ask',
        blocks: [
          subheading('Bin storage'),
          text(
            `Bins are kept ${waste.storage}. They must not stand on footpaths, in front gardens or against a neighbour’s wall between collections: the fire brigade, prams and wheelchairs need the way. Keep the lids closed, since open bins bring rats and gulls.`,
          ),
          subheading('How many bins each home has'),
          table(
            [0.4, 0.3, 0.3],
            ['Bin', 'Size for a house', 'Size for an apartment'],
            [`${sentence(waste.general)}, general waste`, '140 litres', 'Shared, 1,100 litres'],
            [`${sentence(waste.recycling)}, recycling`, '240 litres', 'Shared, 1,100 litres'],
            [`${sentence(waste.food)}, food`, '23 litres', 'Shared, 140 litres'],
          ),
          subheading('Your account with the collector'),
          text(
            `Each household has its own contract with ${waste.collector}. The bins were delivered before handover and carry the number of your home. The account begins when you register; until then the bins are not emptied. Charges are a matter between you and the collector and may change, so they are not printed here.`,
          ),
          subheading('Lost, damaged or too small'),
          bullets(
            'A cracked bin or a lost lid is replaced by the collector. Give the number on the front.',
            'A larger bin can be ordered from the collector if there is space to keep it.',
            'Large items such as furniture and mattresses are not collected with the bins. The collector takes them on order, or you bring them to the civic amenity site.',
          ),
          subheading('Keeping things clean'),
          text(
            `Line the kitchen caddy with paper. Rinse the ${waste.food} bin once a month, on the grass and not over a surface-water gully: gullies run to the stream without being cleaned. Questions about the shared stores go to ${estate.managementCompany.name}, ${estate.managementCompany.email}.`,
          ),
        ],
      },
    ],
  })
}

/** Collection days of 2026, month by month, in the two alternating weeks. */
function calendarRows(waste: WasteProfile): string[][] {
  const general = monthNames.map((): number[] => [])
  const recycling = monthNames.map((): number[] => [])
  const start = Date.parse(`${waste.firstGeneralOn}T00:00:00Z`)
  for (let week = -1; week < 53; week++) {
    const day = new Date(start + week * 7 * dayMs)
    if (day.getUTCFullYear() !== 2026) continue
    const months = week % 2 === 0 ? general : recycling
    months[day.getUTCMonth()]?.push(day.getUTCDate())
  }
  return monthNames.map((month, index) => [month, listed(general[index]), listed(recycling[index])])
}

function listed(days: number[] | undefined): string {
  return (days ?? []).join(', ')
}

/** "Tuesday 6 January 2026" without its weekday, which the sentence around it gives. */
function spoken(isoDate: string): string {
  const day = new Date(`${isoDate}T00:00:00Z`)
  return `${day.getUTCDate()} ${monthNames[day.getUTCMonth()]} ${day.getUTCFullYear()}`
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
