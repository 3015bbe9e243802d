// Who holds a contractor's link: its snags and nothing else, until it expires or is withdrawn.
import { createHash } from 'node:crypto'
import { liveContractorLink } from '#db/contractor-links.ts'
import { mintScope, type Scope, throughDoor } from '#db/scope.ts'
import { failure } from '../failure.ts'

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/

export const hashOfContractorToken = (token: string) => createHash('sha256').update(token).digest('hex')

export type ContractorCaller = { scope: Scope; linkId: string }

/** Unknown, expired and withdrawn are told alike. @throws Failure `not_found` */
export async function identifyContractor(token: string, requestId: string): Promise<ContractorCaller> {
  if (!TOKEN_SHAPE.test(token)) throw failure('not_found')
  const link = await throughDoor((db) => liveContractorLink(db, hashOfContractorToken(token)))
  if (!link) throw failure('not_found')
  const scope = mintScope({
    tenantId: link.tenantId,
    actor: { type: 'contractor', id: link.id },
    requestId,
    developmentIds: [link.developmentId],
    readOnly: false,
  })
  return { scope, linkId: link.id }
}
