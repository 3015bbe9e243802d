// One side of a house drawn as an elevation: walls, roof, openings and levels.
import type { Area, Block } from '#src/demo/booklet.ts'
import { type Canvas, shades } from '#src/demo/canvas.ts'

const eavesM = 5.1
const ridgeM = 8.35

export function elevationDrawing(widthM: number, side: 'front' | 'rear', heightPt: number): Block {
  return { kind: 'drawing', heightPt, draw: (canvas, area) => drawElevation(canvas, area, widthM, side) }
}

function drawElevation(canvas: Canvas, area: Area, widthM: number, side: 'front' | 'rear'): void {
  const pointsPerMetre = Math.min((area.width - 140) / widthM, (area.height - 60) / ridgeM)
  const width = widthM * pointsPerMetre
  const left = area.x + (area.width - width) / 2
  const ground = area.y + 40
  const at = (x: number, y: number, across: number, high: number) => ({
    x: left + x * width,
    y: ground + y * pointsPerMetre,
    width: across * width,
    height: high * pointsPerMetre,
  })
  canvas.box(at(0, 0, 1, eavesM), shades.white, shades.ink, 1.6)
  canvas.box(at(0, 0, 1, 2.7), shades.tint, shades.ink, 0.6)
  for (let course = 0; course <= 12; course++) {
    const y = ground + (eavesM + ((ridgeM - eavesM) * course) / 12) * pointsPerMetre
    const inset = (course / 12) * width * 0.08
    canvas.line(
      [left - 10 + inset, y],
      [left + width + 10 - inset, y],
      course % 12 === 0 ? 1.6 : 0.5,
      course % 12 === 0 ? shades.ink : shades.quiet,
    )
  }
  const ridge = ground + ridgeM * pointsPerMetre
  const eaves = ground + eavesM * pointsPerMetre
  canvas.line([left - 10, eaves], [left - 10 + width * 0.08, ridge], 1.6, shades.ink)
  canvas.line([left + width + 10, eaves], [left + width + 10 - width * 0.08, ridge], 1.6, shades.ink)
  const openings =
    side === 'front'
      ? [at(0.1, 0, 0.13, 2.2), at(0.42, 0.8, 0.46, 1.5)]
      : [at(0.1, 0, 0.36, 2.2), at(0.62, 1, 0.24, 1.3)]
  const above = [0.1, 0.42, 0.7].map((x) => at(x, 3.4, 0.18, 1.3))
  for (const opening of [...openings, ...above]) drawOpening(canvas, opening)
  canvas.line([area.x, ground], [area.x + area.width, ground], 1.2, shades.ink)
  for (const [level, label] of [
    [0, 'Floor +0.00'],
    [eavesM, 'Eaves +5.10'],
    [ridgeM, 'Ridge +8.35'],
  ] as const) {
    const y = ground + level * pointsPerMetre
    canvas.line([left + width + 16, y], [left + width + 30, y], 0.6, shades.quiet)
    canvas.write(label, {
      x: left + width + 33,
      y: level === 0 ? y + 4 : y - 2.5,
      sizePt: 7.5,
      shade: shades.quiet,
    })
  }
  const label = `${widthM.toFixed(2)} m`
  canvas.line([left, ground - 14], [left + width, ground - 14], 0.6, shades.quiet)
  canvas.write(label, {
    x: left + width / 2 - canvas.widthOf(label, 7.5) / 2,
    y: ground - 25,
    sizePt: 7.5,
    shade: shades.quiet,
  })
}

function drawOpening(canvas: Canvas, opening: Area): void {
  canvas.box(opening, shades.white, shades.ink, 1)
  const middle = opening.x + opening.width / 2
  canvas.line([middle, opening.y], [middle, opening.y + opening.height], 0.6, shades.ink)
}
