// The files of Swagger UI, from the installed package: a fixed list, read once.
import { join } from 'node:path'

const FOLDER = join(import.meta.dir, '../../node_modules/swagger-ui-dist')
/** Tries operations on the server that the page came from, by whichever of its names: no other may be called. */
const INIT = `fetch('/openapi.json').then((answer) => answer.json()).then((contract) =>
  SwaggerUIBundle({
    spec: { ...contract, servers: [{ url: location.origin }] },
    dom_id: '#swagger-ui',
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
    layout: 'BaseLayout',
    tryItOutEnabled: true,
    persistAuthorization: false,
  }))`

const FILES: Record<string, { type: string; path: string | null }> = {
  'swagger-ui.css': { type: 'text/css; charset=utf-8', path: join(FOLDER, 'swagger-ui.css') },
  'swagger-ui-bundle.js': {
    type: 'text/javascript; charset=utf-8',
    path: join(FOLDER, 'swagger-ui-bundle.js'),
  },
  'init.js': { type: 'text/javascript; charset=utf-8', path: null },
}

const CACHE_S = 3_600

/** One of the named files, or null. */
export async function swaggerFile(name: string): Promise<Response | null> {
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined
  if (!file) return null
  const body = file.path
    ? Bun.gzipSync(await Bun.file(file.path).bytes())
    : Bun.gzipSync(new TextEncoder().encode(INIT))
  return new Response(body, {
    headers: {
      'content-type': file.type,
      'content-encoding': 'gzip',
      'cache-control': `public, max-age=${CACHE_S}`,
    },
  })
}
