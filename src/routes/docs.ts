// The API's own documentation: the OpenAPI document and Swagger UI, served from our own files.
import { join } from 'node:path'
import { openapi } from '@elysiajs/openapi'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ApiDocsPage } from '#views/docs.tsx'
import { ApiGuidePage } from '#views/guide.tsx'
import { access } from '../access/access.ts'
import { config } from '../config.ts'
import { failure } from '../failure.ts'
import { type OpenApiDocument, publicDocument } from './openapi-document.ts'
import { swaggerFile } from './swagger-files.ts'

const GUIDE = join(import.meta.dir, '../../docs/api.md')
const RAW_SPEC_PATH = '/_openapi'

const documentation = {
  info: {
    title: 'OpenHouse API',
    version: '1.0.0',
    description:
      'Homes, documents and answers of one house builder. Send `Authorization: Bearer <key>` with every request.',
  },
  components: { securitySchemes: { bearerAuth: { type: 'http' as const, scheme: 'bearer' } } },
  security: [{ bearerAuth: [] }],
}

/** The generator's raw document; `openApiRoutes` publishes the finished one. Must be used after the API's routes. */
export const rawOpenApi = () =>
  openapi({ provider: null, specPath: RAW_SPEC_PATH, documentation, exclude: { paths: [RAW_SPEC_PATH] } })

export const openApiRoutes = (fetchRaw: (request: Request) => Promise<Response>) => {
  let guide: Promise<string> | null = null
  let finished: Promise<OpenApiDocument> | null = null
  const build = async () => {
    const raw = await fetchRaw(new Request(`http://localhost${RAW_SPEC_PATH}`))
    return publicDocument((await raw.json()) as OpenApiDocument, config().publicUrl)
  }
  return new Elysia({ name: 'docs' })
    .use(access)
    .get(
      '/openapi.json',
      ({ set }) => {
        set.headers['cache-control'] = 'no-cache'
        finished ??= build()
        return finished
      },
      { forAnyone: 'the contract of the API is public', detail: { hide: true } },
    )
    .get('/docs', () => ApiDocsPage(), {
      forAnyone: 'the contract of the API is public',
      detail: { hide: true },
    })
    .get(
      '/docs/guide',
      async () => {
        guide ??= Bun.file(GUIDE).text().then(guideMarkup)
        return ApiGuidePage({ markup: await guide })
      },
      { forAnyone: 'the contract of the API is public', detail: { hide: true } },
    )
    .get(
      '/docs/:file',
      async ({ params }) => {
        const file = await swaggerFile(params.file)
        if (!file) throw failure('not_found')
        return file
      },
      {
        forAnyone: 'the contract of the API is public',
        params: z.object({ file: z.string().max(64) }),
        detail: { hide: true },
      },
    )
}

/** Code that scrolls sideways can be scrolled with the keyboard too. */
const guideMarkup = (text: string) =>
  Bun.markdown
    .html(text, { headings: { ids: true }, noHtmlBlocks: true, noHtmlSpans: true })
    .replaceAll('<pre>', '<pre tabindex="0">')
