// The card in the middle of the screen that people see before they are signed in.
import type { AssetName } from '#views/assets.ts'
import type { Child } from '#views/jsx-runtime.ts'
import { Document } from '#views/layout/document.tsx'
import { type Brand, BrandMark } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'

type SignedOutPageProps = {
  title: string
  heading: string
  lead?: string
  scripts?: AssetName[]
  /** Of the builder, where it is known whose page this is. */
  brand?: Brand | undefined
  footer?: Child
  children: Child
}

export const SignedOutPage = ({
  title,
  heading,
  lead,
  scripts,
  brand,
  footer,
  children,
}: SignedOutPageProps) => (
  <Document
    title={title}
    bodyClass="signed-out"
    scripts={scripts ?? []}
    brandUrl={brand?.accent ? paths.brandSheet(brand.accent) : undefined}
  >
    <main id="main" class="signed-out-card" tabindex="-1">
      <BrandMark brand={brand} />
      <h1>{heading}</h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </main>
    <footer class="signed-out-footer">{footer ?? 'OpenHouse, the app for your new home'}</footer>
  </Document>
)
