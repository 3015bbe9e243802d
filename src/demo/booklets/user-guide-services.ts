// Chapters of the home user guide on heating, radiators and ventilation.
import { bullets, type Leaf, note, steps, subheading, table, text } from '#src/demo/booklet.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

export function servicesLeaves(estate: EstateProfile): Leaf[] {
  return [heatingInBrief(estate), ventilation(estate)]
}

function heatingInBrief(estate: EstateProfile): Leaf {
  const { heating } = estate
  return {
    id: 'heating',
    heading: 'Heating in brief, and bleeding radiators',
    blocks: [
      text(
        `Your heating runs best when it is left alone: set ${heating.roomSetpoint} in the rooms you live in, lower the setting by no more than ${heating.nightSetback} at night, and let the controller do the rest. The separate heating guide explains the controls and the error codes; the specification of your house type names the unit and its output.`,
      ),
      subheading('Keeping the system topped up'),
      text(
        `When the heating is cold, the gauge beside the cylinder should read ${heating.pressureBar}. It rises a little when the system is warm. If it falls below 1.0 bar more than once in a month, water is being lost somewhere: ask a heating installer to look at it rather than topping it up again and again.`,
      ),
      subheading('How to bleed the system'),
      text(
        `Bleed the radiators ${heating.bleedEvery}, ${heating.bleedMonths}, and whenever a radiator is warm at the bottom and cold at the top. Air gathers at the highest points, so finish upstairs.`,
      ),
      steps(
        'Switch the heating off and wait for an hour until the radiators are cool.',
        'Begin with the radiator nearest to the heat source. Hold a cloth under the bleed valve at its top corner.',
        'Turn the valve a quarter turn anticlockwise with the bleed key. Air hisses out.',
        'Close the valve as soon as water comes. Do not open it further or take it out.',
        `Go on to the next radiator, ending with the highest. Then read the gauge: it should stand at ${heating.pressureBar}.`,
        'Switch the heating on and feel the radiators after an hour.',
      ),
      note(
        'What not to bleed',
        'The underfloor heating manifold, the cylinder, and anything on the outdoor unit are not for the householder. Their valves are set by the installer, and opening them can lose the frost protection in the pipes.',
      ),
      subheading('Radiators that stay cold'),
      bullets(
        'Cold all over: check that the thermostatic valve is not at the frost sign and that the room is not already warm enough.',
        'Cold at the bottom: sludge, which an installer removes at the annual service.',
        'Cold in one zone only: check that zone on the controller first.',
      ),
    ],
  }
}

function ventilation(estate: EstateProfile): Leaf {
  const { ventilation: air } = estate
  return {
    id: 'ventilation',
    heading: 'Ventilation and its filters',
    blocks: [
      text(
        'Your home is airtight, so fresh air is brought in on purpose. The ventilation unit draws stale, moist air from the kitchen and the bathrooms, passes its warmth to the fresh air coming in, and supplies that air to the bedrooms and living rooms. Leave it running all year round: switching it off saves very little and leads to condensation and mould.',
      ),
      table(
        [0.5, 0.5],
        ['What', 'How often'],
        ['Clean the ventilation filters', sentence(air.cleanEvery)],
        ['Replace the ventilation filters', sentence(air.replaceEvery)],
        ['Wipe the ceiling valves with a damp cloth', 'Twice a year'],
        ['Clean the heat exchanger', 'By the installer, every third year'],
      ),
      subheading('Cleaning the filters'),
      text(
        `Clean the ventilation filters ${air.cleanEvery}, and more often while building work goes on nearby. The unit shows a filter symbol as a reminder.`,
      ),
      steps(
        'Switch the unit off at its own switch and wait until the fans have stopped.',
        'Pull the two filter covers off the front and slide the filters out. Note which way the arrows point.',
        'Vacuum them gently on both sides with a soft brush. Do not wash them: wet filters let mould grow.',
        'Slide them back with the arrows towards the unit, close the covers and switch the unit on.',
        'Hold the filter key for three seconds to clear the reminder.',
      ),
      subheading('Replacing the filters'),
      text(
        `Fit new filters ${air.replaceEvery}, or sooner if they are torn or stay grey after cleaning. The size is printed on the frame, and the model of your unit is in the specification of your house type.`,
      ),
      subheading('Boost, and moisture'),
      text(
        `Press the boost button before a shower or when you cook. Boost runs for ${air.boostMinutes} minutes and then goes back by itself. Dry clothes outdoors or in a room with an extract valve. Do not turn or close the ceiling valves: the air flows were measured and set before handover.`,
      ),
      note(
        'Dark spots behind furniture',
        'Leave a hand’s width between wardrobes and outside walls. If black spots appear, do not disturb or brush them dry; keep the room ventilated and have the cause looked at by a competent person.',
      ),
    ],
  }
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
