// Which file name an asset has in this process; filled once at boot, because views import nothing but views.
import { paths } from '#views/paths.ts'

export type AssetName =
  | 'app.css'
  | 'purchaser.js'
  | 'challenge.js'
  | 'charts.js'
  | 'chat.js'
  | 'intro.js'
  | 'staff.js'
  | 'upload.js'
  | 'tail.js'
  | 'emergency.js'
  | 'map.js'
  | 'site-map.js'
  | 'map.css'
  | 'icon.svg'
  | 'icon-180.png'

let urlOf: (name: AssetName) => string = (name) => paths.asset(name)

/** Called by the composition root after the assets are built; before that the plain names are used. */
export function setAssetUrls(lookUp: (name: AssetName) => string) {
  urlOf = lookUp
}

export const assetUrl = (name: AssetName) => urlOf(name)
