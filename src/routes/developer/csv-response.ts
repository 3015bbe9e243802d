// A list as a file that is sent while it is read.
import type { Scope } from '#db/scope.ts'
import { contentDisposition } from '../../documents/file-names.ts'
import { type ListRequest, listCsv } from '../../list-exports.ts'

export const csvResponse = async (scope: Scope, list: ListRequest, fileName: string): Promise<Response> =>
  new Response(await listCsv(scope, list), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': contentDisposition('attachment', fileName),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
