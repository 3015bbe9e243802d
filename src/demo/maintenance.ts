// What is planned for homes of the demonstration: the periods of the estate's own papers; each is said to be invented.
import type { DemoMaintenance } from '#src/demo/model.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

const INVENTED = 'Plan of the demonstration (invented).'
const NUMBERS: Record<string, number> = { two: 2, three: 3, four: 4, six: 6, nine: 9 }
const DEFECTS_PERIOD_MONTHS = 12

/** "once every 12 months, in spring" and "every three months", as the papers say them, in months. */
function monthsIn(words: string): number {
  const [, number = ''] = /every (\S+) months/.exec(words) ?? []
  const months = NUMBERS[number] ?? Number(number)
  if (!Number.isInteger(months)) throw new Error(`no months in “${words}”`)
  return months
}

export function estateMaintenance(estate: EstateProfile): DemoMaintenance[] {
  const { ventilation, heating, cylinder, structure, safetyAlarms } = estate
  const task = (title: string, months: number): DemoMaintenance => ({
    kind: 'task',
    title,
    months,
    note: INVENTED,
  })
  const warranty = (title: string, months: number): DemoMaintenance => ({
    kind: 'warranty',
    title,
    months,
    note: INVENTED,
  })
  return [
    task('Heat pump service', monthsIn(heating.serviceEvery)),
    task('Clean the ventilation filters', monthsIn(ventilation.cleanEvery)),
    task('Replace the ventilation filters', monthsIn(ventilation.replaceEvery)),
    task('Hot water cylinder service', monthsIn(cylinder.serviceEvery)),
    warranty('Builder’s defects period', DEFECTS_PERIOD_MONTHS),
    warranty(`Structural warranty: structure (${structure.provider})`, structure.structureYears * 12),
    warranty(`Structural warranty: water ingress (${structure.provider})`, structure.waterYears * 12),
    warranty('Hot water cylinder: shell', cylinder.shellYears * 12),
    warranty('Hot water cylinder: parts', cylinder.partsYears * 12),
    warranty('Smoke and heat alarms: working life', safetyAlarms.lifeYears * 12),
  ]
}
