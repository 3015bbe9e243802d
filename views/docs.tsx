// The page around Swagger UI: our own files only, under the same security policy as every page.
import { Fragment, raw } from '#views/jsx-runtime.ts'

export const ApiDocsPage = () => (
  <Fragment>
    {raw('<!doctype html>')}
    <html lang="en-IE">
      <head>
        <meta charset="utf-8" />
        <title>OpenHouse API</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href="/docs/swagger-ui.css" />
        <script defer src="/docs/swagger-ui-bundle.js" />
        <script defer src="/docs/init.js" />
      </head>
      <body>
        <main id="swagger-ui" />
      </body>
    </html>
  </Fragment>
)
