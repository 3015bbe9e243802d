// Who stands at the door before anyone is known: for claims, sign-ins and their logs.
import type { Visitor } from '../access/claim.ts'
import { cookiePolicy } from '../access/cookies.ts'
import { config } from '../config.ts'
import { addressGroup } from './client-address.ts'
import { requestContext } from './request-context.ts'

export function visitorOf(request: Request): Visitor {
  const { requestId, clientAddress } = requestContext(request)
  return {
    requestId,
    address: clientAddress,
    addressGroup: addressGroup(clientAddress),
    userAgent: request.headers.get('user-agent'),
    policy: cookiePolicy(request, config().publicUrl),
  }
}
