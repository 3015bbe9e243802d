// The heating guide: controls, first start, slow mornings, defrost and the table of error codes.
import {
  type Booklet,
  bookletFor,
  bullets,
  danger,
  type Leaf,
  note,
  steps,
  subheading,
  table,
  text,
  withContents,
} from '#src/demo/booklet.ts'
import { faultMeanings } from '#src/demo/faults.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

export function heatingGuide(estate: EstateProfile): Booklet {
  return bookletFor(estate, {
    reference: 'HG',
    title: 'Heating Guide',
    subtitle: `Living with the ${estate.heating.maker} air-to-water heat pump: controls, hot water, error codes and care.`,
    issued: 'February 2026',
    hasCover: true,
    leaves: withContents(
      [howItWorks(estate), firstStart(estate), mornings(estate), errorCodes(estate), service(estate)],
      [
        text(
          `This guide is for homes at ${estate.name} that are heated by a ${estate.heating.maker} heat pump. The model and the output of the unit in your own home are given in the specification of your house type. Read the chapter on the first start before you change anything: most calls about cold rooms in a new home come from a controller that was changed too often.`,
        ),
        text(
          'The outdoor unit contains refrigerant under pressure and mains voltage. Nothing behind its panels is for the householder. What you can do yourself is written in numbered steps; everything else is work for a heating installer trained by the maker.',
        ),
      ],
    ),
  })
}

function howItWorks(estate: EstateProfile): Leaf {
  const { heating } = estate
  return {
    id: 'how-it-works',
    heading: 'How the heat pump works',
    blocks: [
      text(
        `A heat pump takes warmth from the outside air, even in frost, and lifts it to the temperature that the heating needs. For each unit of electricity it delivers three to four units of heat. It does so best with water that is only just warm enough: the flow to radiators and floors is set to ${heating.flowTemperature} at freezing point outside, and the controller raises or lowers it with the weather.`,
      ),
      bullets(
        'Radiators feel warm rather than hot. That is right, and not a sign of a fault.',
        'The unit runs for many hours at low power rather than for short bursts.',
        'Large changes of the thermostat cost more than they save.',
      ),
      subheading('The room controller'),
      table(
        [0.3, 0.7],
        ['Key', 'What it does'],
        ['Plus and minus', 'Raise or lower the wanted room temperature by half a degree'],
        ['Mode', 'Chooses between Comfort, Night, Away and Frost protection'],
        ['Hot water', 'One extra heating of the cylinder, now'],
        ['Clock', 'Times of Comfort and Night for each day of the week'],
        ['Info', 'Shows the outside temperature, the flow temperature and any error code'],
      ),
      subheading('Settings that suit most homes'),
      text(
        `Comfort at ${heating.roomSetpoint}, Night no more than ${heating.nightSetback} lower, hot water at ${heating.hotWaterTemperature}. Leave inside doors open and keep the thermostatic valves in the room with the controller fully open, so that the controller and the valve do not work against each other.`,
      ),
      note(
        'Hygiene heating',
        `The cylinder is heated to 60 °C ${heating.legionella} to keep the water wholesome. Do not switch this programme off. Water is hotter than usual for a few hours afterwards: take care with small children.`,
      ),
      text(
        'The outdoor unit needs air. Keep plants, bins and snow at least one metre away from its front and 30 cm from its sides, and let water from melting ice run off freely.',
      ),
    ],
  }
}

function firstStart(estate: EstateProfile): Leaf {
  const { heating } = estate
  return {
    id: 'first-start',
    heading: 'Switching the heating on for the first time',
    blocks: [
      text(
        'The heating was started and set by the installer before handover. If it was switched off while the home stood empty, switch it on as follows. You need no tools. Allow a day and a half for a home that has become cold through, since floors and walls must warm as well as the air.',
      ),
      steps(
        'Check that the switch marked "Heat pump" at the fuse board is up. Leave it up for four hours before the first start, so that the oil in the compressor can warm.',
        `Read the pressure gauge beside the cylinder. It should stand at ${heating.pressureBar}.`,
        'Open all thermostatic radiator valves fully.',
        `Press Mode on the room controller until Comfort shows, and set ${heating.roomSetpoint} with plus and minus.`,
        'Press Clock and set the time and the day.',
        'Press Hot water once. The cylinder is ready after about two hours.',
        'After a day, turn the valves in the bedrooms down to the mark 3.',
      ),
      subheading('Setting the times'),
      text(
        'Press Clock, choose a day, and move the bars with plus and minus. Begin Comfort one hour before you get up. Copy one day to others with the key Copy. A short Night period suits a heat pump better than a long one.',
      ),
      subheading('Going away'),
      text(
        'For up to three days change nothing. For a longer absence choose Away and enter the date of your return: the rooms are kept at 16 °C, and Comfort begins a day before you are back. Never switch the unit off at the fuse board in winter, because frost protection needs power.',
      ),
      subheading('In summer'),
      text(
        'The heating stops by itself when the outside temperature stays above 17 °C. Hot water goes on. Once a month the unit turns its pump for a minute, so that it does not seize; the sound is normal.',
      ),
      note(
        'If nothing happens',
        'Wait for ten minutes: the compressor has a restart delay. If the display stays dark, check the switch at the fuse board once. If it trips again, leave it off and call the installer.',
      ),
    ],
  }
}

function mornings(estate: EstateProfile): Leaf {
  const { heating } = estate
  return {
    id: 'mornings',
    heading: 'Slow mornings, defrosting and sounds',
    blocks: [
      subheading('Slow to warm up in the mornings'),
      text(
        `It is normal with a heat pump that the heating is slow to warm up in the mornings. After a Night period it takes ${heating.warmUp} for the rooms to come back to ${heating.roomSetpoint}, because the water in the radiators is only warm and not hot. A boiler heats in bursts; a heat pump heats steadily.`,
      ),
      bullets(
        `Lower the night temperature by less: ${heating.nightSetback} at most.`,
        'Begin Comfort an hour earlier rather than setting a higher temperature.',
        'Do not cover radiators with curtains or furniture.',
        'Leave it: raising the wanted temperature does not make the rooms warm faster.',
      ),
      subheading('Defrosting'),
      text(
        `In damp weather around freezing point ice forms on the outdoor unit. Every hour or so the unit reverses for ${heating.defrostMinutes} to melt it. During a defrost the fan stops, steam may rise, water runs out below, and the radiators cool slightly. This is normal and needs nothing from you. Do not pour water on the unit and do not chip the ice.`,
      ),
      subheading('Sounds'),
      table(
        [0.42, 0.58],
        ['What you hear', 'What it is'],
        ['A soft hum for hours', 'The compressor at low power, as it should be'],
        ['A whoosh and a click outside', 'The beginning or the end of a defrost'],
        ['Gurgling in a radiator', 'Air: bleed it as the home user guide describes'],
        ['Grinding or loud rattling', 'Not normal: switch off at the controller and call the installer'],
      ),
      subheading('One room is cold'),
      text(
        'Check the thermostatic valve, then bleed the radiator. If the room is above a garage or faces north, ask the installer at the next service to balance the radiators: a small change at the lockshield valve is often enough, and it is the installer’s work because it changes the flow in the other rooms.',
      ),
      subheading('The home is cold everywhere'),
      text(
        'Look for an error code on the display and read the next chapter. In a frost below minus five the unit may add electric heating for a while; the display then shows a small flash.',
      ),
    ],
  }
}

function errorCodes(estate: EstateProfile): Leaf {
  const rows = estate.heating.errorCodes.map((fault, index) => {
    const { meaning, action } = faultMeanings[fault]
    return [`E${index + 1}`, meaning, action]
  })
  return {
    id: 'error-codes',
    heading: 'Error codes',
    blocks: [
      text(
        `The ${estate.heating.maker} controller shows a letter and a number when something needs attention. Write the code down before you do anything: it is cleared when power is lost. Errors E1 to E9 have the meanings below. One restart is allowed: switch the unit off at the room controller, wait for five minutes and switch it on. If the code comes back, leave it and call the installer.`,
      ),
      table([0.1, 0.38, 0.52], ['Code', 'Meaning', 'What to do'], ...rows),
      danger(
        'Do not open the unit',
        'Never take a panel off, bridge a sensor or switch, or clear the same code again and again. Refrigerant, rotating parts and mains voltage are behind the panels.',
      ),
      text(
        'While the heat pump is stopped, hot water can be made with the immersion heater: its switch is marked "Immersion" beside the cylinder. It uses about three times as much electricity, so switch it off again after an hour.',
      ),
    ],
  }
}

function service(estate: EstateProfile): Leaf {
  const { heating } = estate
  return {
    id: 'service',
    heading: 'Care and service',
    blocks: [
      text(
        `Have the heat pump serviced ${heating.serviceEvery} by an installer trained by ${heating.maker}. Every service is written in the log at the back of the cylinder cupboard; the guarantee of the unit asks for an unbroken log.`,
      ),
      table(
        [0.34, 0.33, 0.33],
        ['Task', 'How often', 'Who'],
        ['Clear leaves from the outdoor unit', 'Every week in autumn', 'You'],
        ['Rinse the outdoor fins with a garden hose, low pressure', 'Once a year, in spring', 'You'],
        ['Read the pressure gauge', 'Every month', 'You'],
        ['Bleed the radiators', sentence(heating.bleedEvery), 'You'],
        ['Clean the strainer and check the flow', 'At the service', 'Installer'],
        ['Check refrigerant, sensors and safety valve', 'At the service', 'Installer'],
        ['Check the antifreeze and the water quality', 'At the service', 'Installer'],
      ),
      subheading('Topping up'),
      text(
        `If the gauge is below 1.0 bar, the installer or a plumber tops the system up to ${heating.pressureBar} through the filling loop. The water contains an inhibitor, so topping up with tap water alone is a stopgap.`,
      ),
      subheading('Saving electricity'),
      bullets(
        'Each degree less in the rooms saves about six per cent.',
        'Shift the extra hot water to the middle of the day, when the solar panels work.',
        'Keep the filters of the ventilation clean: it saves heat as well as air.',
        'Compare the yearly figure on the Info page, and not the daily one: cold days are dear days.',
      ),
      subheading('Noise and neighbours'),
      text(
        'The unit stands on rubber feet and was placed so that the limits at the nearest window are kept. Do not put it in a box, move it or fix anything to it. The key Quiet lowers the fan between 10.00 pm and 7.00 am; the home then warms more slowly.',
      ),
      note(
        'Selling the home',
        'Leave this guide, the log and the installer’s settings sheet with the home. They belong to the unit.',
      ),
    ],
  }
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
