// The card in the middle of the screen that people see before they are signed in.
import type { AssetName } from '#views/assets.ts'
import type { Child } from '#views/jsx-runtime.ts'
import { Document } from '#views/layout/document.tsx'
import { Mark } from '#views/parts/icon.tsx'

type SignedOutPageProps = {
  title: string
  heading: string
  lead?: string
  scripts?: AssetName[]
  footer?: Child
  children: Child
}

export const SignedOutPage = ({ title, heading, lead, scripts, footer, children }: SignedOutPageProps) => (
  <Document title={title} bodyClass="signed-out" scripts={scripts ?? []}>
    <main id="main" class="signed-out-card" tabindex="-1">
      <Mark />
      <h1>{heading}</h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </main>
    <footer class="signed-out-footer">{footer ?? 'OpenHouse, the app for your new home'}</footer>
  </Document>
)
