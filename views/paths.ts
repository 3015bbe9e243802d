// Every URL of the application: views, redirects and tests take their addresses from here.

type Query = Record<string, string | number | undefined>

/** Appends the parameters that have a value; their order is the caller's, so equal links are equal strings. */
function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

const segment = encodeURIComponent

export type AdminJobsQuery = {
  kind?: string | undefined
  state?: string | undefined
  tenant?: string | undefined
  cursor?: string | undefined
  action?: string | undefined
  done?: string | undefined
  refused?: string | undefined
}

export type HomesQuery = {
  development?: string | undefined
  q?: string | undefined
  house_type?: string | undefined
  status?: string | undefined
  handed_over?: string | undefined
  missing?: string | undefined
  active?: string | undefined
  sort?: string | undefined
  cursor?: string | undefined
}

export type SnagsQuery = {
  development?: string | undefined
  status?: string | undefined
  category?: string | undefined
  house_type?: string | undefined
  done?: string | undefined
  cursor?: string | undefined
}

export type ActivityQuery = {
  area?: string | undefined
  who?: string | undefined
  cursor?: string | undefined
}

export type FactsQuery = {
  development?: string | undefined
  house_type?: string | undefined
  edit?: string | undefined
  done?: string | undefined
}

export const paths = {
  home: () => '/',
  chat: () => '/chat',
  conversation: (id: string, messageId?: string) =>
    `/conversations/${segment(id)}${messageId ? `#message-${segment(messageId)}` : ''}`,
  gapRequest: (gapId: string) => `/gaps/${segment(gapId)}/request`,
  messageFeedback: (messageId: string) => `/messages/${segment(messageId)}/feedback`,
  messageSaved: (messageId: string) => `/messages/${segment(messageId)}/saved`,
  saved: () => '/saved',
  documents: () => '/documents',
  document: (id: string, query: { page?: number; quote?: string } = {}) =>
    withQuery(`/documents/${segment(id)}`, { page: query.page, quote: query.quote }),
  documentFile: (id: string, query: { page?: number } = {}) =>
    withQuery(`/documents/${segment(id)}/file`, { page: query.page }),
  myHome: () => '/home',
  emergency: () => '/emergency',
  offline: () => '/offline',
  responsibilities: () => '/responsibilities',
  notices: () => '/notices',
  noticeRead: (id: string) => `/notices/${segment(id)}/read`,
  snags: (query: { done?: string } = {}) => withQuery('/snags', query),
  newSnag: () => '/snags/new',
  snag: (id: string) => `/snags/${segment(id)}`,
  snagPhoto: (id: string) => `/snags/${segment(id)}/photo`,
  map: (query: { place?: string; category?: string } = {}) => withQuery('/map', query),
  claim: (publicId: string, query: { next?: string } = {}) => withQuery(`/h/${segment(publicId)}`, query),
  /** Where somebody without a session lands: the code form of the home last opened, or how to find one's link. */
  welcome: (query: { next?: string } = {}) => withQuery('/welcome', query),
  conversations: () => '/conversations',
  intro: () => '/intro',
  privacy: () => '/privacy',
  myData: () => '/my-data',
  myDataExports: () => '/my-data/exports',
  myDataExport: (id: string) => `/my-data/exports/${segment(id)}`,
  myDataExportFile: (id: string) => `/my-data/exports/${segment(id)}/file`,
  myDataSignOut: () => '/my-data/sign-out',
  erasure: () => '/my-data/erasure',
  erased: (query: { due?: string } = {}) => withQuery('/erased', query),
  signOut: () => '/sign-out',
  contractor: (token: string, query: { done?: string } = {}) =>
    withQuery(`/contractor/${segment(token)}`, query),
  contractorDone: (token: string, snagId: string) =>
    `/contractor/${segment(token)}/snags/${segment(snagId)}/done`,
  contractorPhoto: (token: string, snagId: string) =>
    `/contractor/${segment(token)}/snags/${segment(snagId)}/photo`,

  developer: {
    today: (query: { development?: string } = {}) => withQuery('/developer', query),
    signIn: (query: { next?: string } = {}) => withQuery('/developer/sign-in', query),
    signOut: () => '/developer/sign-out',
    homes: (query: HomesQuery = {}) => withQuery('/developer/homes', query),
    homesCsv: (query: HomesQuery = {}) => withQuery('/developer/homes.csv', query),
    settings: (query: { done?: string } = {}) => withQuery('/developer/settings', query),
    staffInvitations: () => '/developer/settings/invitations',
    staffMember: (id: string) => `/developer/settings/staff/${segment(id)}`,
    staffMemberLink: (id: string) => `/developer/settings/staff/${segment(id)}/link`,
    staffMemberSessions: (id: string) => `/developer/settings/staff/${segment(id)}/sessions/end`,
    staffMemberDisabling: (id: string) => `/developer/settings/staff/${segment(id)}/disabling`,
    staffMemberEnabling: (id: string) => `/developer/settings/staff/${segment(id)}/enabling`,
    staffLink: (token: string) => `/developer/password/${segment(token)}`,
    apiKeys: (query: { done?: string } = {}) => withQuery('/developer/settings/api-keys', query),
    apiKeyRevocation: (id: string) => `/developer/settings/api-keys/${segment(id)}/revocation`,
    webhooks: (query: { done?: string } = {}) => withQuery('/developer/settings/webhooks', query),
    webhook: (id: string, query: { cursor?: string; done?: string } = {}) =>
      withQuery(`/developer/settings/webhooks/${segment(id)}`, query),
    webhookDeletion: (id: string) => `/developer/settings/webhooks/${segment(id)}/deletion`,
    webhookEnabling: (id: string) => `/developer/settings/webhooks/${segment(id)}/enabling`,
    webhookReplay: (id: string, deliveryId: string) =>
      `/developer/settings/webhooks/${segment(id)}/deliveries/${segment(deliveryId)}/replay`,
    activity: (query: ActivityQuery = {}) => withQuery('/developer/settings/activity', query),
    facts: (query: FactsQuery = {}) => withQuery('/developer/settings/facts', query),
    fact: (id: string) => `/developer/settings/facts/${segment(id)}`,
    factDeletion: (id: string) => `/developer/settings/facts/${segment(id)}/deletion`,
    printPack: () => '/developer/print-pack',
    homeDetails: (id: string) => `/developer/homes/${segment(id)}`,
    homeChanges: (id: string) => `/developer/homes/${segment(id)}/details`,
    homeCard: (id: string) => `/developer/homes/${segment(id)}/card`,
    homeAccessCode: (id: string) => `/developer/homes/${segment(id)}/access-code`,
    homeAccessCodeRotation: (id: string) => `/developer/homes/${segment(id)}/access-code/rotation`,
    homeLinkRotation: (id: string) => `/developer/homes/${segment(id)}/link/rotation`,
    homeRepairs: (id: string) => `/developer/homes/${segment(id)}/repairs`,
    homeRepairUndo: (id: string, repairId: string) =>
      `/developer/homes/${segment(id)}/repairs/${segment(repairId)}/undo`,
    homesImport: (query: { development?: string } = {}) => withQuery('/developer/homes/import', query),
    import: (id: string, query: { action?: string; cursor?: string } = {}) =>
      withQuery(`/developer/homes/import/${segment(id)}`, query),
    importConfirmation: (id: string) => `/developer/homes/import/${segment(id)}/confirmation`,
    documents: (
      query: {
        development?: string
        cursor?: string
        status?: string
        uploaded?: string
        refused?: string
        deleted?: string
        kind?: string
        house_types?: string
      } = {},
    ) => withQuery('/developer/documents', query),
    responsibilities: (query: { development?: string; done?: string } = {}) =>
      withQuery('/developer/responsibilities', query),
    responsibilityRemoval: (id: string) => `/developer/responsibilities/${segment(id)}/removal`,
    notices: (query: { development?: string; cursor?: string; done?: string } = {}) =>
      withQuery('/developer/notices', query),
    noticeWithdrawal: (id: string) => `/developer/notices/${segment(id)}/withdrawal`,
    snags: (query: SnagsQuery = {}) => withQuery('/developer/snags', query),
    insights: (
      query: { development?: string; view?: string; days?: string; cursor?: string | undefined } = {},
    ) => withQuery('/developer/insights', query),
    snagsCsv: (query: SnagsQuery = {}) => withQuery('/developer/snags.csv', query),
    contractorLinks: (query: { development?: string } = {}) =>
      withQuery('/developer/contractor-links', query),
    contractorLinkWithdrawal: (id: string) => `/developer/contractor-links/${segment(id)}/withdrawal`,
    snag: (id: string, query: { done?: string } = {}) => withQuery(`/developer/snags/${segment(id)}`, query),
    snagPhoto: (id: string) => `/developer/snags/${segment(id)}/photo`,
    documentFile: (id: string) => `/developer/documents/${segment(id)}/file`,
    questions: (query: { development?: string; view?: string; cursor?: string; done?: string } = {}) =>
      withQuery('/developer/questions', query),
    question: (gapId: string) => `/developer/questions/${segment(gapId)}`,
    questionAnswer: (gapId: string) => `/developer/questions/${segment(gapId)}/answer`,
    knowledge: (query: { development?: string; cursor?: string; done?: string } = {}) =>
      withQuery('/developer/knowledge', query),
    knowledgeRetirement: (id: string) => `/developer/knowledge/${segment(id)}/retirement`,
    testConsole: (query: { development?: string } = {}) => withQuery('/developer/test-console', query),
    document: (id: string, query: { done?: string; versions?: string } = {}) =>
      withQuery(`/developer/documents/${segment(id)}`, query),
    documentState: (id: string) => `/developer/documents/${segment(id)}/state`,
    documentVersions: (id: string) => `/developer/documents/${segment(id)}/versions`,
    documentVersion: (id: string, versionId: string, query: { done?: string; cursor?: string } = {}) =>
      withQuery(`/developer/documents/${segment(id)}/versions/${segment(versionId)}`, query),
    documentVersionFile: (id: string, versionId: string) =>
      `/developer/documents/${segment(id)}/versions/${segment(versionId)}/file`,
    documentVersionNotes: (id: string, versionId: string) =>
      `/developer/documents/${segment(id)}/versions/${segment(versionId)}/notes`,
    documentVersionPublication: (id: string, versionId: string) =>
      `/developer/documents/${segment(id)}/versions/${segment(versionId)}/publication`,
    documentComparison: (id: string, query: { from: string; to: string }) =>
      withQuery(`/developer/documents/${segment(id)}/comparison`, query),
    documentReingestion: (id: string) => `/developer/documents/${segment(id)}/reingestion`,
    documentDeprecation: (id: string) => `/developer/documents/${segment(id)}/deprecation`,
    documentRestoration: (id: string) => `/developer/documents/${segment(id)}/restoration`,
    documentDeletion: (id: string) => `/developer/documents/${segment(id)}/deletion`,
    uploadTray: (query: { development: string }) => withQuery('/developer/upload-tray', query),
    coverage: (query: { development?: string } = {}) => withQuery('/developer/coverage', query),
    reindex: (query: { development?: string } = {}) => withQuery('/developer/reindex', query),
    jobs: (
      query: {
        development?: string | undefined
        status?: string | undefined
        cursor?: string | undefined
        said?: string | undefined
      } = {},
    ) => withQuery('/developer/jobs', query),
    job: (id: string) => `/developer/jobs/${segment(id)}`,
    jobRetry: (id: string) => `/developer/jobs/${segment(id)}/retry`,
    supportAccess: (query: { development?: string } = {}) => withQuery('/developer/support-access', query),
    jobCancel: (id: string) => `/developer/jobs/${segment(id)}/cancel`,
  },

  admin: {
    overview: () => '/admin',
    signIn: (query: { next?: string } = {}) => withQuery('/admin/sign-in', query),
    signOut: () => '/admin/sign-out',
    errors: (query: { source?: string | undefined; status?: string | undefined; cursor?: string } = {}) =>
      withQuery('/admin/errors', query),
    error: (fingerprint: string, query: { cursor?: string } = {}) =>
      withQuery(`/admin/errors/${segment(fingerprint)}`, query),
    logs: (
      name: string,
      query: {
        tenant?: string | undefined
        request?: string | undefined
        kind?: string | undefined
        cursor?: string
      } = {},
    ) => withQuery(`/admin/logs/${segment(name)}`, query),
    ragRun: (id: string) => `/admin/logs/rag/${segment(id)}`,
    chainVerification: () => '/admin/logs/activity/verification',
    request: (requestId: string) => `/admin/requests/${segment(requestId)}`,
    system: () => '/admin/system',
    tenants: (query: { cursor?: string } = {}) => withQuery('/admin/tenants', query),
    tenant: (id: string, query: { done?: string } = {}) => withQuery(`/admin/tenants/${segment(id)}`, query),
    tenantImpersonation: (id: string) => `/admin/tenants/${segment(id)}/impersonation`,
    tenantSuspension: (id: string) => `/admin/tenants/${segment(id)}/suspension`,
    tenantResumption: (id: string) => `/admin/tenants/${segment(id)}/resumption`,
    impersonationStop: () => '/admin/impersonation/stop',
    latency: (query: { span?: string; tenant?: string | undefined } = {}) =>
      withQuery('/admin/latency', query),
    errorResolution: (fingerprint: string) => `/admin/errors/${segment(fingerprint)}/resolution`,
    jobs: (query: AdminJobsQuery = {}) => withQuery('/admin/jobs', query),
    job: (id: string) => `/admin/jobs/${segment(id)}`,
    jobMonitor: () => '/admin/jobs/monitor',
    jobActions: () => '/admin/jobs/actions',
    jobKindPause: (kind: string) => `/admin/jobs/kinds/${segment(kind)}/pause`,
    jobKindResume: (kind: string) => `/admin/jobs/kinds/${segment(kind)}/resume`,
    cronTaskRun: (name: string) => `/admin/jobs/tasks/${segment(name)}/run`,
  },

  api: {
    root: () => '/api/v1',
    developments: () => '/api/v1/developments',
    development: (id: string) => `/api/v1/developments/${segment(id)}`,
    houseTypes: () => '/api/v1/house-types',
    houseType: (id: string) => `/api/v1/house-types/${segment(id)}`,
    units: () => '/api/v1/units',
    unit: (id: string) => `/api/v1/units/${segment(id)}`,
    import: (id: string) => `/api/v1/imports/${segment(id)}`,
    documents: () => '/api/v1/documents',
    document: (id: string) => `/api/v1/documents/${segment(id)}`,
    questions: () => '/api/v1/questions',
    job: (id: string) => `/api/v1/jobs/${segment(id)}`,
    analytics: () => '/api/v1/analytics',
    webhooks: () => '/api/v1/webhooks',
    webhook: (id: string) => `/api/v1/webhooks/${segment(id)}`,
    public: () => '/api/public',
  },

  docs: () => '/docs',
  openApi: () => '/openapi.json',
  asset: (fileName: string) => `/assets/${segment(fileName)}`,
  manifest: () => '/manifest.webmanifest',
}
