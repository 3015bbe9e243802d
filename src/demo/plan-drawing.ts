// One floor of a home drawn as a vector plan: walls, room names, clear dimensions, overall size and a scale bar.
import type { Area, Block } from '#src/demo/booklet.ts'
import { type Canvas, shades } from '#src/demo/canvas.ts'
import type { Room } from '#src/demo/rooms.ts'

const marginForDimensionsPt = 34
const outerWallPt = 4
const partitionPt = 1.6

export function floorPlanDrawing(
  rooms: Room[],
  outline: { widthM: number; depthM: number },
  heightPt: number,
): Block {
  return { kind: 'drawing', heightPt, draw: (canvas, area) => drawFloor(canvas, area, rooms, outline) }
}

function drawFloor(
  canvas: Canvas,
  area: Area,
  rooms: Room[],
  outline: { widthM: number; depthM: number },
): void {
  const pointsPerMetre = Math.min(
    (area.width - 2 * marginForDimensionsPt) / outline.widthM,
    (area.height - 2 * marginForDimensionsPt) / outline.depthM,
  )
  const width = outline.widthM * pointsPerMetre
  const depth = outline.depthM * pointsPerMetre
  const left = area.x + (area.width - width) / 2
  const bottom = area.y + area.height - depth - 8
  for (const room of rooms) drawRoom(canvas, room, left, bottom, pointsPerMetre)
  canvas.box({ x: left, y: bottom, width, height: depth }, null, shades.ink, outerWallPt)
  drawDimension(canvas, left, bottom - 14, width, `${outline.widthM.toFixed(2)} m overall`)
  for (const room of rooms) drawOpenings(canvas, room, outline, { left, bottom, pointsPerMetre })
  const depthLabel = `${outline.depthM.toFixed(2)} m`
  const depthX = left - 12
  canvas.line([depthX, bottom], [depthX, bottom + depth], 0.6, shades.quiet)
  for (const end of [bottom, bottom + depth])
    canvas.line([depthX - 3, end], [depthX + 3, end], 0.6, shades.quiet)
  const labelWidth = canvas.widthOf(depthLabel, 7.5)
  canvas.write(depthLabel, {
    x: depthX - 5 - labelWidth,
    y: bottom + depth / 2,
    sizePt: 7.5,
    shade: shades.quiet,
  })
  drawScaleBar(canvas, left + width + 12, bottom, pointsPerMetre)
}

function drawRoom(canvas: Canvas, room: Room, left: number, bottom: number, pointsPerMetre: number): void {
  const box = {
    x: left + room.xM * pointsPerMetre,
    y: bottom + room.yM * pointsPerMetre,
    width: room.outerWidthM * pointsPerMetre,
    height: room.outerDepthM * pointsPerMetre,
  }
  canvas.box(
    box,
    room.key === 'hall' || room.key === 'landing' ? shades.tint : shades.white,
    shades.ink,
    partitionPt,
  )
  const size = `${room.lengthM.toFixed(2)} × ${room.widthM.toFixed(2)} m`
  const labelPt = fitting(canvas, room.label, box.width - 8, 9.5)
  const sizePt = fitting(canvas, size, box.width - 6, 8)
  const middle = box.y + box.height / 2
  writeCentred(canvas, room.label, box.x + box.width / 2, middle + 6, labelPt, true)
  writeCentred(canvas, size, box.x + box.width / 2, middle - 4, sizePt, false)
  writeCentred(
    canvas,
    `${room.areaM2.toFixed(1)} m²`,
    box.x + box.width / 2,
    middle - 14,
    Math.min(sizePt, 7.5),
    false,
  )
}

type Placing = { left: number; bottom: number; pointsPerMetre: number }

/** Windows in the front and rear walls; the hall has the front door instead. */
function drawOpenings(
  canvas: Canvas,
  room: Room,
  outline: { widthM: number; depthM: number },
  placing: Placing,
): void {
  const isAtFront = room.yM < 0.01
  const isAtRear = room.yM + room.outerDepthM > outline.depthM - 0.01
  const openingM = Math.min(room.key === 'hall' ? 1 : 1.8, room.outerWidthM * 0.5)
  const width = openingM * placing.pointsPerMetre
  const x = placing.left + (room.xM + room.outerWidthM / 2) * placing.pointsPerMetre - width / 2
  const walls = [...(isAtFront ? [0] : []), ...(isAtRear ? [outline.depthM] : [])]
  for (const wallM of walls) {
    const y = placing.bottom + wallM * placing.pointsPerMetre
    canvas.box({ x, y: y - 2.4, width, height: 4.8 }, shades.white, shades.ink, 0.7)
    if (room.key === 'hall') {
      canvas.line([x, y], [x + width * 0.7, y + width * 0.7], 0.9, shades.ink)
    } else canvas.line([x, y], [x + width, y], 0.7, shades.ink)
  }
}

function fitting(canvas: Canvas, words: string, widthPt: number, preferredPt: number): number {
  return Math.max(5, Math.min(preferredPt, widthPt / canvas.widthOf(words, 1, 'bold')))
}

function writeCentred(
  canvas: Canvas,
  words: string,
  middleX: number,
  y: number,
  sizePt: number,
  isBold: boolean,
): void {
  const face = isBold ? 'bold' : 'regular'
  canvas.write(words, {
    x: middleX - canvas.widthOf(words, sizePt, face) / 2,
    y,
    sizePt,
    face,
    shade: shades.ink,
  })
}

function drawDimension(canvas: Canvas, x: number, y: number, width: number, label: string): void {
  canvas.line([x, y], [x + width, y], 0.6, shades.quiet)
  canvas.line([x, y - 3], [x, y + 3], 0.6, shades.quiet)
  canvas.line([x + width, y - 3], [x + width, y + 3], 0.6, shades.quiet)
  writeCentred(canvas, label, x + width / 2, y - 11, 7.5, false)
}

function drawScaleBar(canvas: Canvas, x: number, y: number, pointsPerMetre: number): void {
  canvas.box({ x, y, width: 4, height: pointsPerMetre }, shades.ink)
  canvas.box({ x, y: y + pointsPerMetre, width: 4, height: pointsPerMetre }, shades.white, shades.ink, 0.6)
  canvas.write('2 m', { x: x - 2, y: y + 2 * pointsPerMetre + 4, sizePt: 7, shade: shades.quiet })
}
