// QR codes as markup that a page can hold.
import QRCode from 'qrcode'

/** Modules of white around the code, as the standard asks for. */
const QUIET_ZONE_MODULES = 4

export const qrSvg = (text: string): Promise<string> =>
  QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: QUIET_ZONE_MODULES })
