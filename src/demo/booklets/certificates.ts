// Certificates of one home: its building energy rating and the commissioning of its heating.
import { type Booklet, bookletFor, bullets, note, subheading, table, text } from '#src/demo/booklet.ts'
import type { DemoUnit } from '#src/demo/model.ts'
import { type EstateProfile, houseTypeOf } from '#src/demo/profile.ts'

export function berCertificate(estate: EstateProfile, unit: DemoUnit): Booklet {
  const { certificates } = estate
  const type = houseTypeOf(estate, unit.houseTypeCode)
  return bookletFor(estate, {
    reference: `BER-${unit.number}`,
    title: `BER Certificate, ${unit.number} ${estate.name}`,
    subtitle: 'Building energy rating',
    issued: 'February 2026',
    hasCover: false,
    leaves: [
      {
        id: 'rating',
        heading: `Building energy rating of ${unit.number} ${estate.name}`,
        blocks: [
          table(
            [0.42, 0.58],
            ['Item', 'Value'],
            ['BER', certificates.berRating],
            ['Energy use', certificates.berValue],
            ['BER number (invented)', certificates.berNumber],
            ['Dwelling', unit.addressLine],
            ['House type', unit.houseTypeCode],
            ['Floor area assessed', unit.floorAreaM2 ? `${unit.floorAreaM2.toFixed(1)} m²` : 'Not stated'],
            ['Valid until', '15 February 2036'],
          ),
          text(
            `The building energy rating (BER) of this home is ${certificates.berRating}, with a calculated energy use of ${certificates.berValue}. The rating is calculated from the construction and the services of the home under standard use. It covers space heating, hot water, ventilation and lighting, less the electricity from solar panels. It does not cover appliances, and your own use may be higher or lower.`,
          ),
          subheading('What the rating is based on'),
          bullets(
            `Heating: ${type.heating.model}, ${type.heating.outputKw}`,
            `Windows: U-value ${type.windowUValue}`,
            `Walls: ${type.wallInsulation}`,
            `Solar panels: ${type.solarPanels}`,
          ),
          note(
            'This home only',
            'A BER belongs to one home. Homes of the same house type can have different ratings, because orientation, size and exposed walls differ.',
          ),
        ],
      },
      {
        id: 'advice',
        heading: 'How to keep the rating',
        blocks: [
          text(
            'The home leaves little to improve. The points below keep it working as it was assessed, and cost little or nothing.',
          ),
          bullets(
            'Keep the ventilation running and its filters clean. A blocked filter raises the use of electricity and lets moisture gather.',
            'Leave the controls of the heating on their weather curve, and change the room temperature in half-degree steps.',
            'Have the heating and the cylinder serviced as the guides ask.',
            'Keep trees and new structures from shading the solar panels.',
            'Use LED bulbs only, and switch the immersion heater off after use.',
          ),
          subheading('If you change the home'),
          text(
            'A new opening, an extension, a stove or a different heating system changes the rating. Ask a BER assessor before the work begins; a new assessment is needed when the home is sold or let. A stove must not be put into an airtight home without an air supply of its own, designed by a competent person.',
          ),
          subheading('The scale'),
          table(
            [0.3, 0.7],
            ['Rating', 'Energy use in kWh/m²/yr'],
            ['A1', 'Up to 25'],
            ['A2', 'Above 25, up to 50'],
            ['A3', 'Above 50, up to 75'],
            ['B1', 'Above 75, up to 100'],
            ['B2', 'Above 100, up to 125'],
          ),
          text(
            'This certificate belongs to the demonstration. Its number is invented and is not in any register.',
          ),
        ],
      },
    ],
  })
}

export function commissioningCertificate(estate: EstateProfile, unit: DemoUnit): Booklet {
  const type = houseTypeOf(estate, unit.houseTypeCode)
  const serial = `${estate.ref}-${type.heating.model.replaceAll(/[^A-Z0-9]/g, '')}-${String(unit.number).padStart(4, '0')}`
  return bookletFor(estate, {
    reference: `CC-${unit.number}`,
    title: `Heating Commissioning Certificate, ${unit.number} ${estate.name}`,
    subtitle: 'For one home',
    issued: 'February 2026',
    hasCover: false,
    leaves: [
      {
        id: 'commissioning',
        heading: `Heating commissioning of ${unit.number} ${estate.name}`,
        blocks: [
          table(
            [0.42, 0.58],
            ['Item', 'Value'],
            ['Dwelling', unit.addressLine],
            ['House type', unit.houseTypeCode],
            ['Heating unit', `${type.heating.model}, ${type.heating.outputKw}`],
            ['Serial number', serial],
            ['Commissioned on', '9 February 2026'],
            ['Cylinder', `${estate.cylinder.maker}, ${type.cylinderLitres} litres`],
            ['System pressure, cold', estate.heating.pressureBar],
            ['Flow temperature, set', estate.heating.flowTemperature],
          ),
          text(
            `The heating of this home was filled, flushed, tested and set to work by an installer trained by ${estate.heating.maker}. The serial number of the heating unit is ${serial}. The settings above are those left at handover; please ask the installer before you change the heating curve.`,
          ),
          subheading('Tests made'),
          bullets(
            'Pressure test of the pipework for one hour at 6 bar, without loss.',
            'Safety valves of the cylinder opened and closed; discharge pipes free.',
            'Flow through every zone measured and balanced.',
            'Frost protection and restart after a power cut tested.',
          ),
          subheading('For the householder'),
          text(
            'Keep this certificate with the guarantees. Its commissioning date is asked for when you register the cylinder. It is valid for this home only, and its serial number must agree with the plate on the unit. If it does not, tell customer care.',
          ),
          note(
            'Next service',
            `The first service is due ${estate.heating.serviceEvery === 'once every 18 months' ? 'within 18 months' : 'within 12 months'} of the commissioning date, and must be written in the log.`,
          ),
        ],
      },
    ],
  })
}
