// Kinds and house types in file names as architects, suppliers and builders write them.
import { expect, test } from 'bun:test'
import { fileNameHints } from '#src/documents/file-name-hints.ts'
import { processorMsOf } from '../support/processor-time.ts'

const CODES = ['BD01', 'BD02', 'BD17', 'BS01', 'BS02', 'BZ01']

test.each([
  ['281-MHL-BD01-ZZ-DR-A-0270_S4_P01_Proposed_General_Arrangement_Ground_Floor.pdf', 'floor_plan', ['BD01']],
  ['House Type BD-02 Elevations.pdf', 'elevation', ['BD02']],
  ['BDO1 floor plan.pdf', 'floor_plan', ['BD01']],
  ['bs 01 & bs_02 Electrical Layout.PDF', 'services_drawing', ['BS01', 'BS02']],
  ['BD010 Floorplan.pdf', 'floor_plan', []],
  ['XBD01.pdf', null, []],
  ['Heat pump user manual EN.pdf', 'manual', []],
  ['Home_User_Guide_Longview.pdf', 'user_guide', []],
  ['BER Certificate 12 Longview Park.pdf', 'ber', []],
  ['Electrical completion cert unit 4.pdf', 'certificate', []],
  ['HomeBond warranty.pdf', 'warranty', []],
  ['Sales Brochure.pdf', 'brochure', []],
  ['BZ01-Structural-Foundation-Spec.pdf', 'structural', ['BZ01']],
  ['Outline Specification.pdf', 'specification', []],
  ['scan0001.pdf', null, []],
  ['', null, []],
] as const)('%p is %p for %p', (name, kind, codes) => {
  expect(fileNameHints(name, CODES)).toEqual({ kind, houseTypeCodes: [...codes] })
})

test('a code of signs only matches nothing, and a long name is read in a moment', async () => {
  expect(fileNameHints('BD01.pdf', ['BD01', 'a.b', '-', '']).houseTypeCodes).toEqual(['BD01'])
  expect(await processorMsOf(() => fileNameHints('B-D-'.repeat(5_000), CODES))).toBeLessThan(200)
})
