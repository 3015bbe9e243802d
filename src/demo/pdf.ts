// Sets a booklet into a PDF whose bytes depend on nothing but its content.
import { PDFDocument } from 'pdf-lib'
import type { Area, Block, Booklet, Leaf } from '#src/demo/booklet.ts'
import { type Canvas, canvasOn, embedFonts, shades, wrapWords } from '#src/demo/canvas.ts'

const pageWidthPt = 595.28
const pageHeightPt = 841.89
const marginPt = 58
const columnPt = pageWidthPt - 2 * marginPt
const footerTopPt = 62
const bodyPt = 10.2
const leadingPt = 14.2
const cellPt = 9.2
const cellLeadingPt = 12
const cellPaddingPt = 5

/** The file's own dates; the clock would change its hash with every seed. */
const printedOn = new Date(Date.UTC(2026, 1, 16, 9, 0, 0))

/** Throws when a leaf does not fit its page: the printed contents would be wrong. */
export async function renderBooklet(booklet: Booklet): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  pdf.setTitle(`${booklet.title}, ${booklet.development}`)
  pdf.setAuthor(booklet.builder)
  pdf.setSubject(booklet.canary)
  pdf.setProducer('OpenHouse demonstration')
  pdf.setLanguage('en-IE')
  pdf.setCreationDate(printedOn)
  pdf.setModificationDate(printedOn)
  const fonts = await embedFonts(pdf)
  const nextCanvas = () => canvasOn(pdf.addPage([pageWidthPt, pageHeightPt]), fonts)
  if (booklet.hasCover) drawCover(nextCanvas(), booklet)
  booklet.leaves.forEach((leaf, index) => {
    drawLeaf(nextCanvas(), booklet, leaf, index + 1)
  })
  return pdf.save()
}

function drawCover(canvas: Canvas, booklet: Booklet): void {
  const accent = shades[booklet.accent]
  canvas.box({ x: 0, y: pageHeightPt - 330, width: pageWidthPt, height: 330 }, shades.ink)
  canvas.box({ x: marginPt, y: pageHeightPt - 130, width: 44, height: 4 }, accent)
  canvas.write(booklet.builder, {
    x: marginPt,
    y: pageHeightPt - 108,
    sizePt: 13,
    face: 'bold',
    shade: shades.white,
  })
  let y = pageHeightPt - 200
  for (const line of wrapWords(canvas, booklet.title, 32, columnPt, 'bold')) {
    canvas.write(line, { x: marginPt, y, sizePt: 32, face: 'bold', shade: shades.white })
    y -= 38
  }
  canvas.write(booklet.development, { x: marginPt, y: y - 4, sizePt: 18, shade: accent })
  y = pageHeightPt - 380
  for (const line of wrapWords(canvas, booklet.subtitle, 13, columnPt)) {
    canvas.write(line, { x: marginPt, y, sizePt: 13 })
    y -= 19
  }
  canvas.line([marginPt, 150], [pageWidthPt - marginPt, 150], 0.7, shades.rule)
  canvas.write(`Issued ${booklet.issued}`, { x: marginPt, y: 128, sizePt: 10 })
  canvas.write(booklet.canary, { x: marginPt, y: 112, sizePt: 10 })
  canvas.write('Demonstration document: the estate, its people, firms and products are invented.', {
    x: marginPt,
    y: 96,
    sizePt: 10,
    shade: shades.quiet,
  })
}

function drawLeaf(canvas: Canvas, booklet: Booklet, leaf: Leaf, printedPage: number): void {
  const accent = shades[booklet.accent]
  let y = pageHeightPt - marginPt - 18
  for (const line of wrapWords(canvas, leaf.heading, 21, columnPt, 'bold')) {
    canvas.write(line, { x: marginPt, y, sizePt: 21, face: 'bold', shade: shades.ink })
    y -= 26
  }
  canvas.box({ x: marginPt, y: y + 9, width: 44, height: 3 }, accent)
  y -= 14
  for (const block of leaf.blocks) y = drawBlock(canvas, block, y, booklet)
  if (y < footerTopPt) {
    throw new Error(
      `${booklet.development}, ${booklet.title}: "${leaf.heading}" overflows by ${Math.ceil(footerTopPt - y)} pt`,
    )
  }
  drawFooter(canvas, booklet, printedPage)
}

function drawFooter(canvas: Canvas, booklet: Booklet, printedPage: number): void {
  const y = 38
  const number = `Page ${printedPage}`
  canvas.line([marginPt, y + 14], [pageWidthPt - marginPt, y + 14], 0.7, shades.rule)
  canvas.write(`${booklet.development} · ${booklet.title} · ${booklet.canary} · invented for demonstration`, {
    x: marginPt,
    y,
    sizePt: 7.8,
    shade: shades.quiet,
  })
  const x = pageWidthPt - marginPt - canvas.widthOf(number, 8.5, 'bold')
  canvas.write(number, { x, y, sizePt: 8.5, face: 'bold', shade: shades.ink })
}

/** Draws below `y` and returns where the next block begins. */
function drawBlock(canvas: Canvas, block: Block, y: number, booklet: Booklet): number {
  switch (block.kind) {
    case 'text':
      return drawParagraph(canvas, block.text, marginPt, columnPt, y) - 6
    case 'subheading':
      canvas.write(block.text, { x: marginPt, y: y - 8, sizePt: 13, face: 'bold', shade: shades.ink })
      return y - 26
    case 'list':
      return drawList(canvas, block.items, block.isNumbered, y)
    case 'table':
      return drawTable(canvas, block, y)
    case 'callout':
      return drawCallout(canvas, block, y, booklet)
    case 'drawing': {
      const area: Area = { x: marginPt, y: y - block.heightPt, width: columnPt, height: block.heightPt }
      block.draw(canvas, area)
      return y - block.heightPt - 14
    }
  }
}

function drawParagraph(canvas: Canvas, words: string, x: number, width: number, y: number): number {
  let baseline = y
  for (const line of wrapWords(canvas, words, bodyPt, width)) {
    canvas.write(line, { x, y: baseline, sizePt: bodyPt })
    baseline -= leadingPt
  }
  return baseline
}

function drawList(canvas: Canvas, items: string[], isNumbered: boolean, y: number): number {
  const indent = isNumbered ? 20 : 14
  let baseline = y
  items.forEach((item, index) => {
    const mark = isNumbered ? `${index + 1}.` : '•'
    canvas.write(mark, {
      x: marginPt + 2,
      y: baseline,
      sizePt: bodyPt,
      face: isNumbered ? 'bold' : 'regular',
      shade: shades.ink,
    })
    baseline = drawParagraph(canvas, item, marginPt + indent, columnPt - indent, baseline) - 2.5
  })
  return baseline - 5
}

function drawTable(canvas: Canvas, block: Extract<Block, { kind: 'table' }>, y: number): number {
  let top = y + 10
  const rows = [block.head, ...block.rows]
  rows.forEach((cells, rowIndex) => {
    const isHead = rowIndex === 0
    const face = isHead ? 'bold' : 'regular'
    const wrapped = cells.map((cell, column) =>
      wrapWords(canvas, cell, cellPt, columnPt * (block.shares[column] ?? 0) - 2 * cellPaddingPt, face),
    )
    const height = Math.max(...wrapped.map((lines) => lines.length)) * cellLeadingPt + 2 * cellPaddingPt - 1
    if (isHead) canvas.box({ x: marginPt, y: top - height, width: columnPt, height }, shades.ink)
    else if (rowIndex % 2 === 0)
      canvas.box({ x: marginPt, y: top - height, width: columnPt, height }, shades.tint)
    let x = marginPt
    wrapped.forEach((lines, column) => {
      lines.forEach((line, lineIndex) => {
        const baseline = top - cellPaddingPt - 8 - lineIndex * cellLeadingPt
        canvas.write(line, {
          x: x + cellPaddingPt,
          y: baseline,
          sizePt: cellPt,
          face,
          shade: isHead ? shades.white : shades.body,
        })
      })
      x += columnPt * (block.shares[column] ?? 0)
    })
    top -= height
    canvas.line([marginPt, top], [marginPt + columnPt, top], 0.5, shades.rule)
  })
  return top - 20
}

function drawCallout(
  canvas: Canvas,
  block: Extract<Block, { kind: 'callout' }>,
  y: number,
  booklet: Booklet,
): number {
  const lines = wrapWords(canvas, block.text, bodyPt, columnPt - 30)
  const height = 28 + lines.length * leadingPt
  const top = y + 9
  canvas.box(
    { x: marginPt, y: top - height, width: columnPt, height },
    block.isDanger ? shades.alertTint : shades.tint,
  )
  canvas.box(
    { x: marginPt, y: top - height, width: 4, height },
    block.isDanger ? shades.alert : shades[booklet.accent],
  )
  canvas.write(block.title, {
    x: marginPt + 16,
    y: top - 17,
    sizePt: 10.5,
    face: 'bold',
    shade: block.isDanger ? shades.alert : shades.ink,
  })
  lines.forEach((line, index) => {
    canvas.write(line, { x: marginPt + 16, y: top - 33 - index * leadingPt, sizePt: bodyPt })
  })
  return top - height - 19
}
