// The colour sheet of a builder. It says nothing but the colour in its own address, so it needs no caller.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../access/access.ts'
import { accentSheet } from '../branding.ts'
import { failure } from '../failure.ts'
import { hasAlready, tagOf } from '../http/entity-tags.ts'

export const brand = new Elysia({ name: 'brand' }).use(access).get(
  '/brand/:sheet',
  ({ params, request }) => {
    const accent = /^([0-9a-f]{6})\.css$/.exec(params.sheet)?.[1]
    const sheet = accent && accentSheet(`#${accent}`)
    if (!sheet) throw failure('not_found')
    const headers = {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=86400',
      etag: tagOf(sheet),
    }
    return hasAlready(request, headers.etag)
      ? new Response(null, { status: 304, headers })
      : new Response(sheet, { headers })
  },
  {
    forAnyone: 'it is made of the colour in its address and of nothing that anybody owns',
    params: z.object({ sheet: z.string().max(20) }),
    detail: { hide: true },
  },
)
