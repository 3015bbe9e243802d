// The specification of one house type: the only document that names its models, ratings and finishes.
import { type Booklet, bookletFor, bullets, note, subheading, table, text } from '#src/demo/booklet.ts'
import { countOf } from '#src/demo/facts.ts'
import { areaOf, type EstateProfile, type HouseTypeProfile, typicalVariant } from '#src/demo/profile.ts'

export function specification(estate: EstateProfile, type: HouseTypeProfile): Booklet {
  return bookletFor(estate, {
    reference: `SP-${type.code}`,
    title: `House Type ${type.code} Specification`,
    subtitle: `${type.name}: services, construction and finishes.`,
    issued: 'February 2026',
    hasCover: false,
    leaves: [services(estate, type), construction(type), finishes(estate, type)],
  })
}

function services(estate: EstateProfile, type: HouseTypeProfile): Booklet['leaves'][number] {
  const { kind, model, outputKw } = type.heating
  const isHeatPump = kind === 'heat_pump'
  return {
    id: 'services',
    heading: `House type ${type.code}: heating, water and air`,
    blocks: [
      text(
        `This specification describes house type ${type.code} (${type.name.toLowerCase()}) at ${estate.name}. It holds for homes of this type only. Bedrooms and floor area belong to the single home and may differ within a type.`,
      ),
      table(
        [0.32, 0.68],
        ['Item', `House type ${type.code}`],
        [
          isHeatPump ? 'Heat pump' : 'Gas boiler',
          `${model}, ${isHeatPump ? 'air to water' : 'condensing, room-sealed'}`,
        ],
        ['Heat output', outputKw],
        [
          isHeatPump ? 'Boiler' : 'Heat pump',
          isHeatPump
            ? 'None: the home has no boiler and no gas supply'
            : 'None: the home is heated by the gas boiler',
        ],
        ['Hot water cylinder', `${estate.cylinder.maker}, ${type.cylinderLitres} litres`],
        ['Ventilation unit', `${type.ventilation}, with heat recovery`],
        ['Solar panels', `${countOf(type.solarPanels, 'panel')} on the roof`],
      ),
      subheading('Heating'),
      text(
        isHeatPump
          ? `The home is heated by a ${model} air-to-water heat pump with a heat output of ${outputKw}. It supplies underfloor heating on the ground floor and radiators above, each floor being a zone of its own. The heating guide explains the controls and the error codes.`
          : `The home is heated by a ${model} condensing gas boiler with a heat output of ${outputKw}. It supplies radiators in two zones. The boiler is sealed from the room and draws its air from outside. It may be opened and serviced only by a Registered Gas Installer.`,
      ),
      subheading('Hot water'),
      text(
        `A ${estate.cylinder.maker} stainless steel cylinder of ${type.cylinderLitres} litres stands in the hot press. It is heated by the ${isHeatPump ? 'heat pump' : 'boiler'}, with an immersion heater in reserve. Its guarantee has a booklet of its own and must be registered.`,
      ),
      subheading('Ventilation'),
      text(
        `A ${type.ventilation} unit supplies fresh air all year round and recovers the warmth of the air that leaves. The filters are behind two covers at its front; the home user guide says how and how often to clean them.`,
      ),
      subheading('Solar electricity'),
      text(
        `${countOf(type.solarPanels, 'photovoltaic panel')} on the roof feed the home first and the network with what is left over. The inverter is in the attic or the utility room. It is not for the householder to open or to switch while it carries load.`,
      ),
    ],
  }
}

function construction(type: HouseTypeProfile): Booklet['leaves'][number] {
  const sizes = type.variants.map((variant) => {
    const areas = [...new Set(variant.sizesM2)].map((area) => area.toFixed(1))
    return [variant.label, areas.join(', '), countOf(variant.bathrooms, 'bathroom')]
  })
  return {
    id: 'construction',
    heading: `House type ${type.code}: construction`,
    blocks: [
      table(
        [0.4, 0.6],
        ['Element', `House type ${type.code}`],
        ['Outside walls, insulation', type.wallInsulation],
        ['Roof, insulation at ceiling level', `${type.roofInsulationMm} mm mineral wool`],
        ['Windows, U-value of the whole window', type.windowUValue],
        ['Ground floor', '150 mm rigid insulation below a concrete screed'],
        ['Airtightness', 'Tested before handover; the result is on the certificate'],
      ),
      subheading('Walls and insulation'),
      text(
        `The outside walls of house type ${type.code} are insulated with ${type.wallInsulation}. The inner leaf carries load. No outside wall, and no inside wall that has not been shown by a structural engineer to be free of load, may be opened, chased or taken down.`,
      ),
      subheading('Windows and outside doors'),
      text(
        `Windows are triple-glazed or high-performance double-glazed units in painted timber and aluminium frames, with a U-value of ${type.windowUValue} for the whole window. The front door is finished in ${type.frontDoor} at the factory. Oil the hinges once a year, clean the drainage slots at the bottom of each frame, and do not fix blinds to the sashes.`,
      ),
      subheading('Roof'),
      text(
        `Trussed rafters carry concrete tiles on a breathable membrane. ${type.roofInsulationMm} mm of mineral wool lies at ceiling level. The attic is not a floor: do not board it, store heavy things in it or cut a truss. Lagged pipes and the ducts of the ventilation must stay covered.`,
      ),
      subheading('Sizes in this house type'),
      table([0.42, 0.34, 0.24], ['Variant', 'Floor area in m²', 'Bathrooms'], ...sizes),
      text(
        type.hasTypicalSize
          ? `The typical home of house type ${type.code} has a floor area of ${areaOf(typicalVariant(type)).toFixed(1)} m². The floor plan of the type shows rooms and dimensions; a home that was measured after completion has its own figures on record.`
          : `Homes of house type ${type.code} differ so much in size that none of them is typical. Look for the figures recorded for your own home.`,
      ),
    ],
  }
}

function finishes(estate: EstateProfile, type: HouseTypeProfile): Booklet['leaves'][number] {
  return {
    id: 'finishes',
    heading: `House type ${type.code}: finishes and alarm`,
    blocks: [
      table(
        [0.32, 0.68],
        ['Item', `House type ${type.code}`],
        ['Kitchen worktop', type.worktop],
        ['Intruder alarm', `${type.alarm}, with keypad`],
        ['Front door colour', type.frontDoor],
        ['Walls', estate.decorating.walls],
        ['Woodwork', estate.decorating.woodwork],
        ['Wardrobes', 'Fitted in bedrooms 1 and 2'],
        ['Tiling', 'Floors of bathrooms and WC; walls around baths and showers'],
      ),
      subheading('Kitchen'),
      text(
        `The kitchen worktop is ${lowerFirst(type.worktop)}. Cut on a board and put hot pans on a stand. Wipe with a soft cloth and mild soap; scouring cream dulls every kind of worktop. Seal the joint around the sink again when the silicone lifts, so that water cannot reach the board below.`,
      ),
      subheading('Intruder alarm'),
      text(
        `The alarm fitted in house type ${type.code} is the ${type.alarm}. How to set it, how long you have to leave, and what to do after a false alarm are in the home user guide, which is the same for all types. Smoke and heat alarms are a system of their own.`,
      ),
      subheading('Front door'),
      text(
        `The front door is painted ${type.frontDoor}. The finish was applied and baked at the factory. Wash it with mild soap; a scratch can be covered with the touch-up stick in your handover pack.`,
      ),
      subheading('Electrical fittings'),
      bullets(
        'Light fittings on the ceilings take ordinary LED bulbs up to 12 W; switch off before you change a bulb.',
        'Sockets with a USB outlet are in the kitchen and in bedroom 1.',
        'A duct and a spare way at the fuse board are ready for a car charger, which a Registered Electrical Contractor installs.',
        'Data points are in the living room and in the largest bedroom.',
      ),
      subheading('Bathrooms'),
      text(
        'Showers have a mixing valve that limits the temperature. Clean the glass with water and a rubber blade after use; acid cleaners harm the seals. Renew silicone when it turns dark or lifts, after the old bead has been taken out completely and the joint is dry.',
      ),
      note(
        'Makers and batches change',
        'Products may be replaced by equal ones during the building of an estate. Where your home differs from this sheet, the label on the product itself is right; tell customer care so that the record of your home can be put right.',
      ),
    ],
  }
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
