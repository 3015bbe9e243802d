// The HTML document around every full page: head, assets and skip link.
import { type AssetName, assetUrl } from '#views/assets.ts'
import { type Child, Fragment, raw } from '#views/jsx-runtime.ts'
import { wordsOf } from '#views/languages/words.tsx'
import { joined } from '#views/once.ts'
import { paths } from '#views/paths.ts'

type DocumentProps = {
  title: string
  scripts?: AssetName[]
  /** Beside the sheet of all pages. */
  styles?: AssetName[]
  /** The sheet with the colour of the builder whose page it is. */
  brandUrl?: string | undefined
  bodyClass: string
  themeColor?: string
  /** In which the page is to speak; English where it cannot. */
  language?: string | null | undefined
  children: Child
}

// `mode:same-origin` is htmx's default; extensions are named so that nothing else can register itself.
const HTMX_CONFIG = '{"extensions":"sse","includeIndicatorCSS":false}'

/** The same on every page. */
const META = joined(
  <Fragment>
    <meta name="color-scheme" content="light" />
    <meta name="robots" content="noindex" />
    <meta name="format-detection" content="telephone=no" />
    <meta name="htmx-config" content={HTMX_CONFIG} />
  </Fragment>,
)

export const Document = ({
  title,
  scripts = [],
  styles = [],
  brandUrl,
  bodyClass,
  themeColor = '#ffffff',
  language,
  children,
}: DocumentProps) => (
  <Fragment>
    {raw('<!doctype html>')}
    <html lang={wordsOf(language).pageLanguage}>
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · OpenHouse`}</title>
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="theme-color" content={themeColor} />
        {META}
        <link rel="stylesheet" href={assetUrl('app.css')} />
        {brandUrl && <link rel="stylesheet" href={brandUrl} />}
        {styles.map((name) => (
          <link rel="stylesheet" href={assetUrl(name)} />
        ))}
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="apple-touch-icon" href={assetUrl('icon-180.png')} />
        <link rel="manifest" href={paths.manifest()} />
        {scripts.map((name) => (
          <script type="module" src={assetUrl(name)} />
        ))}
      </head>
      <body class={bodyClass}>
        <a class="skip-link" href="#main">
          {wordsOf(language).say('skip_to_content')}
        </a>
        {children}
      </body>
    </html>
  </Fragment>
)
