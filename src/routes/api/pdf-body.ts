// A PDF as the raw body of a request: what may be sent, and how much was announced.
import { failure } from '../../failure.ts'

export function refuseOtherTypes(request: Request): void {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type && type !== 'application/pdf' && type !== 'application/octet-stream')
    throw failure('unsupported_type')
  if (request.headers.has('content-encoding')) throw failure('unsupported_type')
}

export function declaredBytes(request: Request): number | null {
  const declared = request.headers.get('content-length')
  return declared === null ? null : Number(declared)
}

/** For the OpenAPI document. */
export const pdfRequestBody = {
  requestBody: {
    required: true,
    content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
  },
}
