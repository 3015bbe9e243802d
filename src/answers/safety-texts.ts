// The fixed sentences of the safety stage: what to do first, and nothing that invites anyone to work on it.

export type LifeAdvice = { title: string; steps: string[] }

const CALL = 'Call 999 or 112 now.'
const CALL_IF_DANGER = 'If anyone is hurt or in danger, call 999 or 112 now.'

const GAS: LifeAdvice = {
  title: 'Gas: leave and call 999 or 112',
  steps: [
    'Leave the building now, take everyone with you and leave doors open behind you.',
    'Do not touch light switches or plugs, do not smoke or light anything, and do not use a phone until you are outside.',
    'Once you are outside and well away, call 999 or 112, and then the gas network’s emergency line.',
    'Stay outside until the emergency services or the gas network say it is safe.',
  ],
}
const FIRE: LifeAdvice = {
  title: 'Fire or smoke: get out and call 999 or 112',
  steps: [
    'Get everyone out now and close doors behind you. Do not stop for belongings.',
    'Once you are outside, call 999 or 112 and ask for the fire brigade.',
    'Stay out and keep away until the fire brigade says it is safe.',
  ],
}
const ELECTRIC: LifeAdvice = {
  title: 'Electrical danger: keep away and call 999 or 112',
  steps: [
    `Keep away from it and keep everyone else away; do not touch it again. ${CALL_IF_DANGER}`,
    'If there is smoke, fire or a smell of burning, leave the building and call 999 or 112.',
    'If someone has had an electric shock, call 999 or 112, and do not touch a person who is still in contact with electricity.',
    'Do not use it or open anything until a Safe Electric (formerly RECI) registered electrician has checked it.',
  ],
}

const LIFE_ADVICE: Record<string, LifeAdvice> = {
  gas: GAS,
  refrigerant: {
    title: 'Possible refrigerant leak: keep away and call 999 or 112',
    steps: [
      'Move everyone well away from it now. Do not smoke, light anything or touch switches near it.',
      'If the smell or hissing is indoors, leave the building. Call 999 or 112 from outside.',
      'Do not go back until a qualified person says it is safe.',
    ],
  },
  fire: FIRE,
  smoke: FIRE,
  fire_alarm: FIRE,
  explosion: FIRE,
  carbon_monoxide: {
    title: 'Carbon monoxide: get into fresh air and call 999 or 112',
    steps: [
      'Get everyone into fresh air now and leave the building. Carbon monoxide cannot be seen or smelt.',
      'Once you are outside, call 999 or 112, and say if anyone feels unwell, dizzy, sick or sleepy.',
      'Stay outside until the emergency services say it is safe, and do not use the appliance again until an RGI registered gas installer or other qualified person has checked it.',
    ],
  },
  electric_shock: ELECTRIC,
  sparks: ELECTRIC,
  electrical_danger: ELECTRIC,
  collapse: {
    title: 'Collapse: get out and call 999 or 112',
    steps: [
      'Leave that part of the building now and keep everyone away from it.',
      CALL,
      'Do not go back in until the emergency services or a structural engineer say it is safe.',
    ],
  },
  person_hurt: {
    title: 'Call 999 or 112 now',
    steps: [
      `${CALL} Ask for an ambulance and follow what the call taker says.`,
      'Stay with the person if that is safe for you, and keep away from anything that may have hurt them.',
    ],
  },
  person_trapped: {
    title: 'Call 999 or 112 now',
    steps: [
      `${CALL} Say where the person is and that they are trapped.`,
      'Keep talking to them and keep others away from danger.',
    ],
  },
  intruder: {
    title: 'Call 999 or 112 now',
    steps: [
      `${CALL} Ask for the Gardaí.`,
      'Get to a safe place, keep away from the person and do not confront them.',
    ],
  },
}

export const lifeAdvice = (reason: string): LifeAdvice => LIFE_ADVICE[reason] ?? FIRE

export type PropertyAdvice = { title: string; first: string; seek: string; wanted: string; evidence: RegExp }

const WATER: PropertyAdvice = {
  title: 'Water leak',
  first:
    'Keep clear of water near lights, sockets or the fuse board. If it has reached any of them, stay out of that room and call 999 or 112 if anyone is in danger.',
  seek: 'stopcock turn clockwise shut off the water',
  wanted: 'where your stopcock is',
  evidence:
    /\bstop ?(?:cock|valve|tap)\b.*\b(?:is|turn\w*|clos\w*|clockwise)\b|\bturn\w* (?:it|the stop ?cock|off the water)/i,
}
const POWER: PropertyAdvice = {
  title: 'No power',
  first:
    'Keep away from anything that is hot, buzzing or wet, and do not open the fuse board. If you see sparks, smoke or fire, leave and call 999 or 112.',
  seek: 'no power fuse board main switch tripped push up',
  wanted: 'what to do at the fuse board',
  evidence: /\b(?:fuse ?board|consumer unit|distribution board|trip\w*|rcd|main switch|breaker)\b/i,
}

const PROPERTY_ADVICE: Record<string, PropertyAdvice> = {
  burst_pipe: { ...WATER, title: 'Burst pipe' },
  flood: { ...WATER, title: 'Flooding' },
  water_leak: WATER,
  no_water: {
    ...WATER,
    title: 'No water',
    first: 'If a pipe may have burst, keep clear of water near lights and sockets.',
  },
  sewage: {
    ...WATER,
    title: 'Sewage or drains',
    first:
      'Keep children and pets away from the water, do not touch it, and stop using toilets, sinks and showers for now.',
    seek: 'drains sewage blockage who to contact',
    wanted: 'what to do about the drains',
    evidence: /\b(?:drain\w*|sewage|sewer\w*|foul|manhole)\b/i,
  },
  no_power: POWER,
  tripping: { ...POWER, title: 'Power keeps tripping' },
  storm_damage: {
    ...WATER,
    title: 'Storm damage',
    first:
      'Stay inside and away from the damaged part, keep others clear of anything that may fall, and do not go onto the roof. If anyone is in danger, call 999 or 112.',
    seek: 'storm damage roof emergency contact',
    wanted: 'storm damage',
    evidence: /\b(?:storm|roof|slates?)\b/i,
  },
}

export const propertyAdvice = (reason: string): PropertyAdvice => PROPERTY_ADVICE[reason] ?? WATER

const ENGINEER = 'a chartered structural engineer'
const ELECTRICIAN = 'a Safe Electric (formerly RECI) registered electrician'
const GAS_INSTALLER = 'an RGI (Registered Gas Installer) registered installer'

const PROFESSIONAL_ADVICE: Record<string, string> = {
  drilling: `There may be cables, gas or water pipes or structure where you cannot see them, so I cannot tell you that it is safe and will not explain how to do it. Please have ${ELECTRICIAN} look first (and ${ENGINEER} where a beam, joist or floor slab is involved).`,
  electrical_bypass: `A protective device that trips or sounds is doing its job: it must never be bypassed, forced, covered or disabled, and I will not explain how. Please leave it as it is and have ${ELECTRICIAN} find the cause.`,
  electrical_work: `Work on the electrical installation must be done by ${ELECTRICIAN}; I will not give instructions for it.`,
  gas_work: `By law, work on gas appliances, pipes and flues must be done by ${GAS_INSTALLER}, and sealed hot water, refrigerant and electrical parts by a qualified professional; I will not give instructions for it.`,
  stove_install: `A stove, fireplace or flue has to be designed and fitted by a competent professional because of fire, carbon monoxide and the structure of the home. Please ask a competent installer and ${ENGINEER} before anything is opened up.`,
  mould:
    'I cannot tell from here what it is or whether it is harmful. Please do not disturb it, and have a competent professional (a building surveyor or damp specialist) find the cause. If anyone feels unwell, contact a doctor.',
  asbestos:
    'Please do not disturb it and keep others away. Only a competent asbestos surveyor can say what it is.',
  roof_work:
    'Please do not go onto the roof. Work at height, and on anything fixed to the roof, is for a competent, insured professional (a roofer, or for solar panels a Safe Electric registered electrician).',
}
const STRUCTURAL_DEFAULT = `I cannot tell from here whether that is safe, and I will not explain how to do it. Before anything is cut, moved or loaded, please have ${ENGINEER} look at it; where cables or gas are involved, ${ELECTRICIAN} or ${GAS_INSTALLER}.`
const DAMAGE = `I cannot tell from here whether it is harmless or structural. Please have a competent professional (${ENGINEER}) look at it, and until then do not cut, fill or load that area. If it is growing, or parts are loose or falling, keep away from it; if anyone is in danger, call 999 or 112.`

export function professionalAdvice(reason: string): string {
  if (reason === 'crack' || reason === 'movement') return DAMAGE
  return PROFESSIONAL_ADVICE[reason] ?? STRUCTURAL_DEFAULT
}
