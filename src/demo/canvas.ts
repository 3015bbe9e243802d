// Ink on one PDF page: text in two faces, lines and boxes, written as operators.
import {
  beginText,
  type Color,
  endText,
  type PDFDocument,
  type PDFFont,
  PDFName,
  type PDFPage,
  rgb,
  StandardFonts,
  setFillingRgbColor,
  setFontAndSize,
  setTextMatrix,
  showText,
} from 'pdf-lib'

export type Face = 'regular' | 'bold'
export type Shade = readonly [red: number, green: number, blue: number]

export type Canvas = {
  write: (words: string, at: { x: number; y: number; sizePt: number; face?: Face; shade?: Shade }) => void
  widthOf: (words: string, sizePt: number, face?: Face) => number
  line: (from: [x: number, y: number], to: [x: number, y: number], thicknessPt: number, shade: Shade) => void
  box: (
    at: { x: number; y: number; width: number; height: number },
    fill: Shade | null,
    border?: Shade,
    borderPt?: number,
  ) => void
}

export type Fonts = { face: Record<Face, PDFFont>; widths: Record<Face, Map<string, number>> }

export const shades = {
  ink: [0.05, 0.05, 0.05],
  body: [0.16, 0.16, 0.16],
  quiet: [0.42, 0.42, 0.42],
  rule: [0.85, 0.85, 0.85],
  tint: [0.965, 0.96, 0.945],
  white: [1, 1, 1],
  alert: [0.7, 0.11, 0.11],
  alertTint: [0.99, 0.94, 0.93],
  gold: [0.83, 0.686, 0.216],
  navy: [0.13, 0.28, 0.47],
} as const satisfies Record<string, Shade>

export async function embedFonts(pdf: PDFDocument): Promise<Fonts> {
  const regular = await pdf.embedFont(StandardFonts.Helvetica)
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold)
  return { face: { regular, bold }, widths: { regular: new Map(), bold: new Map() } }
}

/** Writes operators itself: `page.drawText` would add a font resource under a new name with every call. */
export function canvasOn(page: PDFPage, fonts: Fonts): Canvas {
  page.node.setFontDictionary(PDFName.of('Fregular'), fonts.face.regular.ref)
  page.node.setFontDictionary(PDFName.of('Fbold'), fonts.face.bold.ref)
  return {
    write: (words, { x, y, sizePt, face = 'regular', shade = shades.body }) => {
      page.pushOperators(
        beginText(),
        setFillingRgbColor(...shade),
        setFontAndSize(`F${face}`, sizePt),
        setTextMatrix(1, 0, 0, 1, x, y),
        showText(fonts.face[face].encodeText(words)),
        endText(),
      )
    },
    widthOf: (words, sizePt, face = 'regular') => widthAtOnePoint(fonts, words, face) * sizePt,
    line: (from, to, thicknessPt, shade) =>
      page.drawLine({
        start: { x: from[0], y: from[1] },
        end: { x: to[0], y: to[1] },
        thickness: thicknessPt,
        color: colour(shade),
      }),
    box: (at, fill, border, borderPt = 0) =>
      page.drawRectangle({
        ...at,
        ...(fill ? { color: colour(fill) } : {}),
        ...(border ? { borderColor: colour(border), borderWidth: borderPt } : {}),
      }),
  }
}

export function wrapWords(
  canvas: Canvas,
  words: string,
  sizePt: number,
  widthPt: number,
  face: Face = 'regular',
): string[] {
  const lines: string[] = []
  const space = canvas.widthOf(' ', sizePt, face)
  let line = ''
  let used = 0
  for (const word of words.split(' ')) {
    const width = canvas.widthOf(word, sizePt, face)
    if (line && used + space + width > widthPt) {
      lines.push(line)
      line = word
      used = width
    } else {
      used += (line ? space : 0) + width
      line = line ? `${line} ${word}` : word
    }
  }
  if (line) lines.push(line)
  return lines
}

/** Words recur a thousand times in a set of documents, and measuring one is the slowest step of layout. */
function widthAtOnePoint(fonts: Fonts, words: string, face: Face): number {
  const known = fonts.widths[face].get(words)
  if (known !== undefined) return known
  const width = fonts.face[face].widthOfTextAtSize(words, 1)
  fonts.widths[face].set(words, width)
  return width
}

function colour([red, green, blue]: Shade): Color {
  return rgb(red, green, blue)
}
