// The drawings of a house type: floor plans with their schedule of rooms, elevations and a services layout.
import {
  type Block,
  type Booklet,
  bookletFor,
  bullets,
  type Leaf,
  note,
  subheading,
  table,
  text,
} from '#src/demo/booklet.ts'
import { elevationDrawing } from '#src/demo/elevation-drawing.ts'
import { floorPlanDrawing } from '#src/demo/plan-drawing.ts'
import {
  areaOf,
  type EstateProfile,
  type HouseTypeProfile,
  type HouseVariant,
  typicalVariant,
} from '#src/demo/profile.ts'
import { outlineOf, type Room, roomsOf } from '#src/demo/rooms.ts'

export function floorPlan(estate: EstateProfile, type: HouseTypeProfile): Booklet {
  return bookletFor(estate, {
    reference: `FP-${type.code}`,
    title: `House Type ${type.code} Floor Plan`,
    subtitle: `${type.name}: plans and schedule of rooms.`,
    issued: 'February 2026',
    hasCover: false,
    leaves: type.variants.flatMap((variant, index) => variantLeaves(estate, type, variant, index)),
  })
}

function variantLeaves(
  estate: EstateProfile,
  type: HouseTypeProfile,
  variant: HouseVariant,
  index: number,
): Leaf[] {
  const area = areaOf(variant)
  const rooms = roomsOf(variant, area)
  const floors = [...new Set(rooms.map((room) => room.floor))]
  const name = `House type ${type.code}, ${variant.label.toLowerCase()}`
  const planLeaves = floors.map((floor, floorIndex) =>
    planLeaf(estate, type, { variant, area, name, floor, rooms, number: index * 2 + floorIndex }),
  )
  return [...planLeaves, scheduleLeaf(type, variant, area, name, rooms, index)]
}

type PlannedFloor = {
  variant: HouseVariant
  area: number
  name: string
  floor: string
  rooms: Room[]
  number: number
}

function planLeaf(estate: EstateProfile, type: HouseTypeProfile, plan: PlannedFloor): Leaf {
  const rooms = plan.rooms.filter((room) => room.floor === plan.floor)
  const drawingNumber = `${estate.drawingPrefix}-${type.code}-ZZ-DR-A-${String(270 + plan.number).padStart(4, '0')}`
  const titleBlock: Block = table(
    [0.44, 0.32, 0.24],
    ['Drawing', 'Content', 'Scale'],
    [drawingNumber, `${plan.floor} plan`, 'See the scale bar'],
  )
  return {
    id: `plan-${plan.number}`,
    heading: `${plan.name}: ${plan.floor.toLowerCase()}`,
    blocks: [
      floorPlanDrawing(rooms, outlineOf(plan.variant, plan.area), 385),
      titleBlock,
      text(
        `${plan.floor} of house type ${type.code} at ${estate.name}, drawn with the front of the home at the bottom of the page${plan.variant.isMirrored ? '; some homes are built as the mirror image' : ''}. Dimensions are clear sizes between finished walls, in metres, and may differ by up to 30 mm in a home as built. Do not order carpets or furniture from this drawing; measure on site.`,
      ),
      bullets(
        'White strips in the outside walls are windows; the slanting line in the hall is the front door. Inside doors and stairs are left out for clarity.',
        `The rooms of this floor are: ${rooms.map((room) => room.label).join(', ')}.`,
        'Ceilings are 2.45 m high, and about 0.25 m lower where a duct of the ventilation crosses a hall or a landing.',
        'Radiators, sockets and ventilation valves are on the services layout and in the specification, not on this plan.',
      ),
    ],
  }
}

function scheduleLeaf(
  type: HouseTypeProfile,
  variant: HouseVariant,
  area: number,
  name: string,
  rooms: Room[],
  index: number,
): Leaf {
  const living = rooms.find((room) => room.key === 'living')
  return {
    id: `schedule-${index}`,
    heading: `${name}: schedule of rooms`,
    blocks: [
      table(
        [0.34, 0.24, 0.14, 0.14, 0.14],
        ['Room', 'Floor', 'Length', 'Width', 'Area'],
        ...rooms.map((room) => [
          room.label,
          room.floor,
          `${room.lengthM.toFixed(2)} m`,
          `${room.widthM.toFixed(2)} m`,
          `${room.areaM2.toFixed(1)} m²`,
        ]),
      ),
      text(
        `Total floor area of ${lowerFirst(name)}: ${area.toFixed(1)} m², measured inside the outside walls and including stairs and partitions, so that it is more than the sum of the rooms. ${variant.bedrooms} bedrooms, ${variant.bathrooms} bathrooms including WC and en suite.`,
      ),
      ...(living
        ? [
            text(
              `The ${living.label.toLowerCase()} measures ${living.lengthM.toFixed(2)} m by ${living.widthM.toFixed(2)} m, which is ${living.areaM2.toFixed(1)} m².`,
            ),
          ]
        : []),
      subheading('Reading the plan'),
      bullets(
        'The length of a room is its longer clear side and the width is the shorter, whichever way the room lies.',
        'Areas are rounded to a tenth of a square metre and are measured to the finished wall, without window boards.',
        'Fitted wardrobes, kitchen units and radiators are not taken off the area.',
      ),
      note(
        'Sizes are typical',
        `This schedule holds for homes of house type ${type.code} with this number of bedrooms. If rooms of your own home were measured after completion, the recorded figures of your home come first.`,
      ),
      text(
        'Walls that carry load are not marked on this plan, and the thickness of a wall does not tell whether it carries load. Before you plan to open or remove any wall, have it looked at by a structural engineer.',
      ),
    ],
  }
}

export function elevations(estate: EstateProfile, type: HouseTypeProfile): Booklet {
  const { widthM } = typicalVariant(type)
  return bookletFor(estate, {
    reference: `EL-${type.code}`,
    title: `House Type ${type.code} Elevations`,
    subtitle: `${type.name}: front and rear.`,
    issued: 'February 2026',
    hasCover: false,
    leaves: (['front', 'rear'] as const).map((side) => ({
      id: side,
      heading: `House type ${type.code}: ${side} elevation`,
      blocks: [
        elevationDrawing(widthM, side, 380),
        table(
          [0.3, 0.7],
          ['Element', 'Finish'],
          ['Walls', side === 'front' ? 'Selected brick below, smooth render above' : 'Smooth render'],
          ['Windows', `Painted aluminium outside, U-value ${type.windowUValue}`],
          [
            side === 'front' ? 'Front door' : 'Back door',
            side === 'front' ? type.frontDoor : 'Glazed, frame as the windows',
          ],
          ['Roof', `Concrete tiles; ${countOfPanels(type)} on the sunny side`],
          ['Gutters and downpipes', 'Aluminium, coloured as the windows'],
        ),
        text(
          `The ${side} elevation of house type ${type.code} at ${estate.name} is ${widthM.toFixed(2)} m wide between the outside walls. The eaves are 5.10 m and the ridge is 8.35 m above the finished ground floor. Levels of the ground differ from plot to plot, so that steps and ramps are shown on the site layout only. Anything fixed to the outside of the home, such as an awning, a dish or a sign, needs the consent of the management company, and its fixings must not pass through the insulation.`,
        ),
      ],
    })),
  })
}

export function servicesLayout(estate: EstateProfile, type: HouseTypeProfile): Booklet {
  const variant = typicalVariant(type)
  const area = areaOf(variant)
  const rooms = roomsOf(variant, area)
  const floors = [...new Set(rooms.map((room) => room.floor))]
  return bookletFor(estate, {
    reference: `SL-${type.code}`,
    title: `House Type ${type.code} Services Layout`,
    subtitle: `${type.name}: heating zones, ventilation valves and isolators.`,
    issued: 'February 2026',
    hasCover: false,
    leaves: floors.map((floor) => {
      const onFloor = rooms.filter((room) => room.floor === floor)
      return {
        id: floor,
        heading: `House type ${type.code}: services, ${floor.toLowerCase()}`,
        blocks: [
          floorPlanDrawing(onFloor, outlineOf(variant, area), 300),
          table(
            [0.34, 0.36, 0.3],
            ['Room', 'Heating', 'Ventilation valve'],
            ...onFloor.map((room) => [
              room.label,
              floor === 'Ground floor' ? 'Underfloor, zone 1' : 'Radiator, zone 2',
              isWet(room) ? 'Extract' : 'Supply',
            ]),
          ),
          text(
            `Heating by ${type.heating.model}, ${type.heating.outputKw}; air by ${type.ventilation}. The stopcock is ${estate.water.stopcock}. The fuse board is ${estate.fuseBoard}. Routes of pipes and cables inside walls and floors are indicative: use a detector, and keep away from the straight lines above, below and between fittings.`,
          ),
        ],
      }
    }),
  })
}

function isWet(room: Room): boolean {
  return ['kitchen', 'utility', 'wc', 'bathroom', 'ensuite'].includes(room.key)
}

function countOfPanels(type: HouseTypeProfile): string {
  return `${type.solarPanels} solar panel${type.solarPanels === 1 ? '' : 's'}`
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
