// Subjects, questions and true answers of each document, with the leaf on which the answer is printed.
import { countOf } from '#src/demo/facts.ts'
import { faultMeanings } from '#src/demo/faults.ts'
import type { EstateProfile, HouseTypeProfile } from '#src/demo/profile.ts'

export type Point = [subject: string, question: string, answer: string, leafId: string]

export function guidePoints(estate: EstateProfile): Point[] {
  const { ventilation, water, heating, safetyAlarms, intruderAlarm, decorating, appliances } = estate
  return [
    [
      'filter_cleaning',
      'How often should I clean the ventilation filters?',
      ventilation.cleanEvery,
      'ventilation',
    ],
    [
      'filter_replacement',
      'How often do the ventilation filters have to be replaced?',
      ventilation.replaceEvery,
      'ventilation',
    ],
    [
      'boost',
      'How long does the ventilation boost run?',
      `${ventilation.boostMinutes} minutes`,
      'ventilation',
    ],
    ['stopcock', 'Where is the stopcock?', water.stopcock, 'water'],
    ['boundary_valve', 'Where is the stop valve outside?', water.boundaryValve, 'water'],
    ['fuse_board', 'Where is the fuse board?', estate.fuseBoard, 'electricity'],
    ['bleeding', 'How often should I bleed the radiators?', heating.bleedEvery, 'heating'],
    ['pressure', 'What should the heating pressure gauge read?', heating.pressureBar, 'heating'],
    ['smoke_test', 'How often should the smoke alarms be tested?', safetyAlarms.testEvery, 'smoke-alarms'],
    [
      'alarm_keypad',
      'What does the handover pack say about the alarm: where is its keypad?',
      intruderAlarm.keypad,
      'intruder-alarm',
    ],
    [
      'alarm_exit',
      'How long do I have to leave after setting the alarm?',
      `${intruderAlarm.exitSeconds} seconds`,
      'intruder-alarm',
    ],
    [
      'first_year',
      'What maintenance should I do in the first year?',
      'Clean the ventilation filters',
      'first-year',
    ],
    [
      'drying_out',
      'How long does the house take to dry out?',
      `${decorating.dryingMonths} months`,
      'decorating',
    ],
    ['wall_paint', 'What paint is on the walls?', decorating.walls, 'decorating'],
    [
      'dishwasher',
      'How long is the warranty on the dishwasher?',
      `${countOf(appliances.dishwasherYears, 'year')} from handover`,
      'appliances',
    ],
    ['emergency_line', 'Which number do I ring for a burst pipe?', estate.emergencyPhone, 'emergencies'],
    ['management_company', 'Who is the management company?', estate.managementCompany.name, 'living-here'],
  ]
}

export function heatingPoints(estate: EstateProfile): Point[] {
  const { heating } = estate
  const codes = heating.errorCodes.map(
    (fault, index): Point => [
      `error_e${index + 1}`,
      `What does error E${index + 1} on the heat pump mean?`,
      faultMeanings[fault].meaning,
      'error-codes',
    ],
  )
  return [
    ...codes,
    [
      'slow_mornings',
      'My heating is slow to warm up in the mornings, is that normal with a heat pump?',
      heating.warmUp,
      'mornings',
    ],
    ['defrost', 'How long does the heat pump defrost?', heating.defrostMinutes, 'mornings'],
    [
      'first_start',
      'How do I switch the heating on for the first time?',
      heating.roomSetpoint,
      'first-start',
    ],
    ['heating_service', 'How often must the heat pump be serviced?', heating.serviceEvery, 'service'],
  ]
}

export function cylinderPoints({ cylinder }: EstateProfile): Point[] {
  return [
    [
      'cylinder_cover',
      'What does the cylinder guarantee cover?',
      countOf(cylinder.shellYears, 'year'),
      'cover',
    ],
    ['cylinder_registration', 'How do I register the cylinder guarantee?', cylinder.registerAt, 'register'],
    [
      'cylinder_deadline',
      'How soon must the cylinder be registered?',
      `within ${cylinder.registerWithinDays} days`,
      'register',
    ],
    [
      'cylinder_service',
      'How often does the cylinder guarantee ask for a service?',
      cylinder.serviceEvery,
      'keeping',
    ],
  ]
}

export function structurePoints({ structure }: EstateProfile): Point[] {
  return [
    [
      'structure_cover',
      'How long does the structural warranty last?',
      countOf(structure.structureYears, 'year'),
      'cover',
    ],
    [
      'water_ingress',
      'How long is water ingress covered by the structural warranty?',
      countOf(structure.waterYears, 'year'),
      'cover',
    ],
    ['structure_claim', 'How do I make a structural warranty claim?', structure.claimsPhone, 'claims'],
  ]
}

export function wastePoints({ waste }: EstateProfile): Point[] {
  return [
    ['bin_day', 'On which day are the bins collected?', `every ${waste.day}`, 'which-week'],
    [
      'general_bin',
      'What colour is the general waste bin?',
      `${waste.general} general-waste bin`,
      'which-week',
    ],
    ['bin_storage', 'Where is the bin storage?', waste.storage, 'storage'],
    ['glass', 'Where do glass bottles go?', waste.glass, 'what-goes-where'],
  ]
}

export function typePoints(estate: EstateProfile, type: HouseTypeProfile): Point[] {
  const { kind, model, outputKw } = type.heating
  return [
    [
      'heating_model',
      kind === 'heat_pump' ? 'Which heat pump do I have?' : 'Which boiler do I have?',
      model,
      'services',
    ],
    ['heat_output', 'What is the heat output of my heating in kW?', outputKw, 'services'],
    ['boiler', 'Do I have a boiler?', kind === 'heat_pump' ? 'no boiler' : 'gas boiler', 'services'],
    [
      'cylinder_size',
      'How many litres does my hot water cylinder hold?',
      `${estate.cylinder.maker}, ${type.cylinderLitres} litres`,
      'services',
    ],
    ['ventilation_model', 'Which ventilation unit is in my home?', type.ventilation, 'services'],
    ['solar_panels', 'How many solar panels are on my roof?', countOf(type.solarPanels, 'panel'), 'services'],
    ['window_u_value', 'What is the U-value of my windows?', type.windowUValue, 'construction'],
    ['wall_insulation', 'What insulation is in my outside walls?', type.wallInsulation, 'construction'],
    [
      'roof_insulation',
      'How thick is the insulation in my roof?',
      `${type.roofInsulationMm} mm`,
      'construction',
    ],
    ['worktop', 'What is my kitchen worktop made of?', type.worktop, 'finishes'],
    ['alarm_model', 'Which intruder alarm model do I have?', type.alarm, 'finishes'],
    ['front_door', 'What colour is the front door painted?', type.frontDoor, 'finishes'],
  ]
}
