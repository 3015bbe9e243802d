// A PDF of 5 to 25 MB with text on every page and pictures that no compression makes smaller.
import { randomFillSync } from 'node:crypto'
import { drawObject, PDFDocument, PDFName, StandardFonts } from 'pdf-lib'

const BYTES_MIN = 5_000_000
const BYTES_MAX = 25_000_000
const PAGES_MIN = 20
const PAGES_MORE = 60
const LINES_A_PAGE = 35
/** An uncompressed picture of that many pixels a side is three million bytes. */
const PICTURE_PIXELS = 1_000

/** `share` 0 is the smallest, 1 the largest. */
export async function bigPdf(number: number, share: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = BYTES_MIN + share * (BYTES_MAX - BYTES_MIN)
  const pages = PAGES_MIN + Math.round(share * PAGES_MORE)
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  let pictureBytes = 0
  for (let page = 0; page < pages; page++) {
    const sheet = pdf.addPage()
    for (let line = 0; line < LINES_A_PAGE; line++)
      sheet.drawText(
        `Document ${number}, page ${page}: valve ${line} of the heating is set to ${line * page} mbar.`,
        {
          x: 40,
          y: 790 - line * 20,
          size: 10,
          font,
        },
      )
    const size = 3 * PICTURE_PIXELS ** 2
    if (pictureBytes + size > bytes) continue
    pictureBytes += size
    const picture = pdf.context.stream(randomFillSync(new Uint8Array(size)), {
      Type: 'XObject',
      Subtype: 'Image',
      Width: PICTURE_PIXELS,
      Height: PICTURE_PIXELS,
      ColorSpace: 'DeviceRGB',
      BitsPerComponent: 8,
    })
    const name = PDFName.of('Picture')
    sheet.node.setXObject(name, pdf.context.register(picture))
    sheet.pushOperators(drawObject(name))
  }
  const rest = Math.max(1, Math.round(bytes - pictureBytes))
  pdf.context.register(pdf.context.stream(randomFillSync(new Uint8Array(rest))))
  return new Uint8Array(await pdf.save())
}
