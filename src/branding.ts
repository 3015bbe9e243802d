// How a builder looks in its portal and in the app of its homes: an accent that can be read, and a logo.
import { type BrandingRow, brandingOf, putBranding } from '#db/brandings.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import {
  contrastOnInk,
  contrastOnWhite,
  isLegible,
  nearestLegible,
  ON_INK_MIN,
  ON_WHITE_MIN,
  shadesOf,
} from './branding/contrast.ts'
import { type StoredFile, storage, storageKey } from './clients/storage.ts'
import { failure } from './failure.ts'
import { type Photo, receivePicture } from './snags/photo.ts'
import { takeRoom } from './storage-use.ts'

const LOGO_WIDTH_PX_MAX = 480
const LOGO_HEIGHT_PX_MAX = 160
const HEX = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i

export type Branding = { accent: string | null; logoId: string | null }

export const readBranding = (scope: Scope): Promise<Branding> => within(scope, (db) => brandingOf(db))

/** Drawn anew on white, as the app shows it. @throws as for any picture */
export const receiveLogo = (body: AsyncIterable<Uint8Array>): Promise<Photo> =>
  receivePicture(body, 'image/png', (picture) =>
    picture
      .resize({
        width: LOGO_WIDTH_PX_MAX,
        height: LOGO_HEIGHT_PX_MAX,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .flatten({ background: '#ffffff' })
      .png({ compressionLevel: 9 }),
  )

/**
 * An empty accent takes the colour of OpenHouse; without a new logo the old one stays unless it is to go.
 * @throws Failure `invalid` for a colour that cannot be read, `storage_full`
 */
export async function changeBranding(
  scope: Scope,
  asked: { accent: string; logo: Photo | null; removesLogo: boolean },
): Promise<void> {
  const accent = readAccent(asked.accent)
  const { tenantId } = scope
  const newId = asked.logo ? crypto.randomUUID() : null
  // Stored first: a row never names a picture that is not there.
  if (asked.logo && newId)
    await storage().store(storageKey(scope, tenantId, newId), asked.logo.path, asked.logo.type)
  const before = await within(scope, (db) => keepBranding(db, scope, accent, { ...asked, newId })).catch(
    async (error) => {
      if (newId) await storage().remove(storageKey(scope, tenantId, newId))
      throw error
    },
  )
  const isReplaced = before.logoId !== null && (newId !== null || asked.removesLogo)
  if (isReplaced) await storage().remove(storageKey(scope, tenantId, before.logoId as string))
}

async function keepBranding(
  db: Db,
  scope: Scope,
  accent: string | null,
  asked: { logo: Photo | null; newId: string | null; removesLogo: boolean },
): Promise<BrandingRow> {
  const { tenantId } = scope
  const old = await brandingOf(db)
  const logoId = asked.newId ?? (asked.removesLogo ? null : old.logoId)
  const logoBytes = asked.logo?.sizeBytes ?? (logoId ? old.logoBytes : null)
  await putBranding(db, tenantId, { accent, logoId, logoBytes })
  await noteActivity(db, scope, {
    action: 'branding.changed',
    targetType: 'tenant',
    targetId: tenantId,
    changes: { accent: { from: old.accent, to: accent }, logo: logoId !== old.logoId },
  })
  // Last, because others of the builder who keep a file wait from here on.
  await takeRoom(db, scope, (logoBytes ?? 0) - (old.logoBytes ?? 0), 'pictures')
  return old
}

/** The picture of the logo that the scope's builder has now. @throws Failure `not_found` for any other */
export async function logoPicture(scope: Scope, logoId: string): Promise<StoredFile> {
  const branding = await readBranding(scope)
  if (branding.logoId !== logoId) throw failure('not_found')
  return storage().open(storageKey(scope, scope.tenantId, logoId))
}

/** @throws Failure `invalid` with why the colour cannot be used, and which near it can */
function readAccent(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  const digits = HEX.exec(text)?.[1]?.toLowerCase()
  if (!digits) throw invalid('Type the colour as six digits, such as #a8752c.')
  const hex = `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`
  if (isLegible(hex)) return hex
  const near = nearestLegible(hex)
  throw invalid(
    contrastOnWhite(hex) < ON_WHITE_MIN
      ? `${hex} is too light: on white it reaches a contrast of ${ratio(contrastOnWhite(hex))}, and ${ON_WHITE_MIN} : 1 is needed to see borders and icons. The nearest shade that can be seen is ${near}.`
      : `${hex} is too dark: under near-black text it reaches a contrast of ${ratio(contrastOnInk(hex))}, and ${ON_INK_MIN} : 1 is needed to read it. The nearest shade that can be read is ${near}.`,
  )
}

/** Cut, not rounded: 4.49 is not enough, and must not be told as 4.5. */
const ratio = (value: number) => `${Math.floor(value * 10) / 10} : 1`

const invalid = (message: string) => failure('invalid', { fields: [{ path: 'accent', message }] })

/** The sheet that puts the accent in the place of the gold. Null for what is no accent. */
export function accentSheet(accent: string): string | null {
  if (!/^#[0-9a-f]{6}$/.test(accent) || !isLegible(accent)) return null
  const { gold, hover, onDark, text, deep, wash } = shadesOf(accent)
  return `:root{--gold:${gold};--gold-hover:${hover};--gold-on-dark:${onDark};--gold-text:${text};--gold-deep:${deep};--gold-wash:${wash}}\n`
}
