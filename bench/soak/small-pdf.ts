// A few pages of a manual that nobody has brought before.
import { PDFDocument, StandardFonts } from 'pdf-lib'

const PAGES = 4
const LINES_A_PAGE = 30

export async function smallPdf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (let page = 0; page < PAGES; page++) {
    const sheet = pdf.addPage()
    for (let line = 0; line < LINES_A_PAGE; line++)
      sheet.drawText(`Manual ${name}, page ${page}: valve ${line} is set to ${line * (page + 1)} mbar.`, {
        ...{ x: 40, y: 790 - line * 20, size: 10, font },
      })
  }
  return new Uint8Array(await pdf.save())
}
