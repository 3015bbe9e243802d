// Chapters of the home user guide on emergencies, water, electricity and the two kinds of alarm.
import { bullets, danger, type Leaf, note, steps, subheading, table, text } from '#src/demo/booklet.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

export function safetyLeaves(estate: EstateProfile): Leaf[] {
  return [emergencies(estate), water(estate), electricity(estate), smokeAlarms(estate), intruderAlarm(estate)]
}

function emergencies(estate: EstateProfile): Leaf {
  return {
    id: 'emergencies',
    heading: 'In an emergency',
    blocks: [
      danger(
        'Danger to life: call 999 or 112 first',
        'Fire, smoke, an electric shock, a carbon monoxide alarm or a smell of gas: get everyone out, close the door behind you, and call from outside. Do not go back in for belongings or pets.',
      ),
      table(
        [0.5, 0.3, 0.2],
        ['Who to call', 'Number', 'When'],
        ['Fire brigade, ambulance, Garda Síochána', '999 or 112', 'Day and night'],
        ['Gas Networks Ireland, gas emergency', '1800 20 50 50', 'Day and night'],
        ['ESB Networks, power cuts and fallen wires', '1800 372 999', 'Day and night'],
        [
          `${estate.name} emergency line: burst pipe, major leak, no power in one home only`,
          estate.emergencyPhone,
          'Day and night',
        ],
        [
          `${estate.tenant.name} customer care: everything that can wait`,
          estate.office.phone,
          estate.office.hours,
        ],
      ),
      subheading('If you smell gas'),
      bullets(
        'Do not touch any switch, do not smoke, and do not use a phone inside the home.',
        'Open doors and windows if they are on your way out, and leave the home.',
        'Call Gas Networks Ireland on 1800 20 50 50, or 999 or 112, from outside and wait for the engineer.',
      ),
      subheading('If a carbon monoxide alarm sounds'),
      text(
        'Leave at once, bring everyone into fresh air, and call 999 or 112. If anyone has a headache, feels sick or is drowsy, say so. Do not go back in to silence the alarm or to open windows, even when the sound stops.',
      ),
      subheading('If water is escaping'),
      text(
        `Close the stopcock, which is ${estate.water.stopcock}. Keep away from wet switches, sockets and light fittings, collect the water if it is safe to do so, and ring the ${estate.name} emergency line on ${estate.emergencyPhone}.`,
      ),
    ],
  }
}

function water(estate: EstateProfile): Leaf {
  const { water: supply } = estate
  return {
    id: 'water',
    heading: 'Water and the stopcock',
    blocks: [
      text(
        'Cold water reaches your home through one pipe from the main in the road. You can stop it in two places. Find both in your first week, and show them to everyone who lives with you, because a burst pipe can release more than ten litres a minute.',
      ),
      subheading('Inside: the stopcock'),
      text(
        `The indoor stopcock is ${supply.stopcock}. To close it, turn it ${supply.turnsOff}. Use your hand only: a valve that needs a wrench should be freed by a plumber.`,
      ),
      subheading('Outside: the boundary stop valve'),
      text(
        `The outside stop valve is ${supply.boundaryValve}. Lift the cover with a flat screwdriver. It serves your home alone. Use it when the indoor stopcock cannot be reached or does not close; the main in the road belongs to the water utility and must not be touched.`,
      ),
      note(
        'Try it twice a year',
        'Close and open the indoor stopcock fully twice a year, then turn it back a quarter turn from fully open. A valve that is never moved seizes.',
      ),
      subheading('When a pipe bursts'),
      steps(
        'Close the stopcock. If it will not close, close the boundary stop valve outside.',
        'Open the cold taps to empty the pipes, and switch the hot water off at the controller.',
        'If water is near any light or socket, stay out of that room. Turn off the main switch at the fuse board only if you can reach it with dry hands on a dry floor.',
        `Ring the ${estate.name} emergency line on ${estate.emergencyPhone}.`,
      ),
      subheading('Pressure, filters and long absences'),
      text(
        `Mains water is regulated to ${supply.pressureBar} where it enters the home. Unscrew and rinse the tap aerators twice a year. If you are away for more than a week, close the stopcock; if you are away for more than two weeks, let every tap and shower run for two minutes on your return before you use them.`,
      ),
    ],
  }
}

function electricity(estate: EstateProfile): Leaf {
  return {
    id: 'electricity',
    heading: 'Electricity and the fuse board',
    blocks: [
      text(
        `The fuse board, also called the consumer unit, is ${estate.fuseBoard}. Inside its lid is a list of circuits. Each circuit has its own switch that trips by itself when a circuit is overloaded or when current leaks to earth. A trip is protection doing its work: never hold a switch up, and never bypass, bridge or replace one.`,
      ),
      subheading('When part of the home has no power'),
      steps(
        'Open the lid of the fuse board and find the switch that points down.',
        'Unplug everything on that circuit. A kettle, an iron or an outdoor light is the usual cause.',
        'Push the switch up once. If it stays up, plug the appliances in again one at a time.',
        'If it trips a second time, leave it down, keep the faulty appliance unplugged and call a Registered Electrical Contractor.',
      ),
      subheading('When the whole home has no power'),
      text(
        `Look outside first. If the neighbours and the street lights are dark too, it is a network fault: ring ESB Networks on 1800 372 999. If only your home is dark and the main switch at the fuse board is up, ring the ${estate.name} emergency line on ${estate.emergencyPhone}. If the main switch has tripped, push it up once only; should it trip again, leave it off and call a Registered Electrical Contractor.`,
      ),
      danger(
        'Danger',
        'Burning smells, sparks, buzzing, a warm socket or a shock: do not touch the fitting, switch off at the fuse board only if it is safe to reach, keep everyone away and call 999 or 112 if there is fire, smoke or injury.',
      ),
      subheading('Drilling and fixing'),
      text(
        'Cables run straight up and straight down from switches, sockets and the fuse board, and sideways between them. Do not drill or nail in those zones, and never above or below the fuse board. Changes to sockets, lights, outdoor supplies or a car charger are work for a Registered Electrical Contractor, who will give you a completion certificate.',
      ),
      text(
        'Solar panels stay live in daylight even when the main switch is off. Leave the inverter and the isolators to a qualified installer.',
      ),
    ],
  }
}

function smokeAlarms(estate: EstateProfile): Leaf {
  const { safetyAlarms: alarms } = estate
  return {
    id: 'smoke-alarms',
    heading: 'Smoke, heat and carbon monoxide alarms',
    blocks: [
      text(
        `Smoke alarms are in the hall and on the landing, a heat alarm is in the kitchen, and the carbon monoxide alarm is ${alarms.carbonMonoxideIn}. They are wired to the mains, joined to each other, and have a back-up battery: when one sounds, all of them sound.`,
      ),
      subheading('Testing'),
      text(`Test every alarm ${alarms.testEvery}. It takes two minutes and needs no tools.`),
      steps(
        'Tell the household that you are about to test, so that nobody is frightened.',
        'Press and hold the test button in the middle of the first alarm for five seconds. A loud signal sounds and the others follow.',
        'Release the button and wait until all of them are silent.',
        'Repeat with each of the other alarms, the carbon monoxide alarm included.',
      ),
      note(
        'If an alarm stays silent',
        `An alarm that does not sound protects nobody. Check that its green mains light is on, and tell ${estate.tenant.name} customer care the same day.`,
      ),
      subheading('Cleaning and replacing'),
      bullets(
        'Vacuum around each alarm with a soft brush every six months, and never paint it or cover it.',
        'One chirp a minute means that the back-up battery is low. It does not mean fire.',
        `Each alarm has a date on its side and must be replaced ${alarms.lifeYears} years after it. The new one is wired in by a Registered Electrical Contractor.`,
      ),
      subheading('When cooking sets one off'),
      text(
        'Open a window, wave a towel below the alarm and press the hush button. The alarm comes back by itself after ten minutes. Never take an alarm down to stop it: the others lose their link.',
      ),
      danger(
        'A real alarm',
        'Treat every alarm that you did not cause as real. Get out, stay out, and call 999 or 112. If it is the carbon monoxide alarm, leave the home at once and do not look for the source.',
      ),
    ],
  }
}

function intruderAlarm(estate: EstateProfile): Leaf {
  const { intruderAlarm: alarm } = estate
  return {
    id: 'intruder-alarm',
    heading: 'Your intruder alarm',
    blocks: [
      text(
        `This chapter of the handover pack describes the intruder alarm. The keypad is ${alarm.keypad}. The panel watches ${alarm.zones} zones: contacts on the doors, shock sensors on the windows and a movement detector in the hall. The model fitted in your home is named in the specification of your house type.`,
      ),
      subheading('Setting the alarm when you go out'),
      steps(
        'Close all windows and outside doors. The keypad shows "Ready".',
        'Enter your code and press the A key for full set.',
        `Leave by the front door within ${alarm.exitSeconds} seconds; the keypad beeps faster towards the end.`,
      ),
      subheading('Setting it at night'),
      text(
        'Enter your code and press the B key for part set. The door and window sensors are armed, and the movement detector in the hall is left out, so that you can walk about upstairs.',
      ),
      subheading('Coming home, and false alarms'),
      text(
        `When you open the front door you have ${alarm.exitSeconds} seconds to enter your code. If the siren sounds by mistake, enter the code twice: once to silence it, and once to clear the message that names the zone. Spiders and balloons in front of the hall detector are the usual causes.`,
      ),
      note(
        'Your code',
        'The panel was handed over with a temporary code that stops working once you have chosen your own. Choose it on the first day: press Menu, then 2, then follow the display. Do not write it on this page.',
      ),
      subheading('Power cuts and batteries'),
      text(
        `In a power cut the standby battery keeps the alarm working for ${alarm.batteryHours} hours. The battery is replaced by an alarm installer every ${alarm.batteryYears} years; the small batteries in the window sensors last about two years, and the keypad names the sensor that needs one.`,
      ),
      subheading('Monitoring'),
      text(
        'The alarm is not connected to a monitoring centre at handover. You may take out a contract with a licensed firm of your own choice; the panel has a socket for its transmitter. The alarm is not part of the fire detection, which works on its own.',
      ),
    ],
  }
}
