// What an API key may be allowed to do: the closed list of its scopes.

export const apiScopes = [
  'developments:read',
  'developments:write',
  'units:read',
  'units:write',
  'households:read',
  'transfers:read',
  'transfers:write',
  'documents:read',
  'documents:write',
  'questions:read',
  'questions:write',
  'gaps:read',
  'gaps:write',
  'knowledge:read',
  'knowledge:write',
  'snags:read',
  'snags:write',
  'notices:read',
  'notices:write',
  'jobs:read',
  'jobs:write',
  'analytics:read',
  'events:read',
  'webhooks:read',
  'webhooks:write',
] as const

export type ApiScope = (typeof apiScopes)[number]
