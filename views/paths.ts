// Every URL of the application: views, redirects and tests take their addresses from here.
import { adminPaths } from '#views/admin-paths.ts'
import type {
  ActivityQuery,
  FactsQuery,
  HomeownersQuery,
  HomesQuery,
  PlacesQuery,
  SiteMapQuery,
  SnagsQuery,
} from '#views/path-queries.ts'
import { segment, withQuery } from '#views/url.ts'

export type {
  ActivityQuery,
  AdminJobsQuery,
  FactsQuery,
  HomeownersQuery,
  HomesQuery,
  PlacesQuery,
  SiteMapQuery,
  SnagsQuery,
} from '#views/path-queries.ts'

export const paths = {
  home: () => '/',
  chat: () => '/chat',
  announcementDismissal: (portal: 'staff' | 'purchasers', id: string) =>
    `${portal === 'staff' ? '/developer' : ''}/announcements/${segment(id)}/dismissal`,
  conversation: (id: string, messageId?: string) =>
    `/conversations/${segment(id)}${messageId ? `#message-${segment(messageId)}` : ''}`,
  gapRequest: (gapId: string) => `/gaps/${segment(gapId)}/request`,
  messageFeedback: (messageId: string) => `/messages/${segment(messageId)}/feedback`,
  messageSaved: (messageId: string) => `/messages/${segment(messageId)}/saved`,
  saved: () => '/saved',
  documents: (query: { q?: string; show?: string } = {}) => withQuery('/documents', query),
  document: (id: string, query: { page?: number; quote?: string } = {}) =>
    withQuery(`/documents/${segment(id)}`, { page: query.page, quote: query.quote }),
  documentFile: (id: string, query: { page?: number } = {}) =>
    withQuery(`/documents/${segment(id)}/file`, { page: query.page }),
  mustRead: () => '/must-read',
  acknowledgement: (documentId: string) => `/must-read/${segment(documentId)}`,
  myHome: () => '/home',
  emergency: () => '/emergency',
  offline: () => '/offline',
  responsibilities: () => '/responsibilities',
  notices: () => '/notices',
  noticeRead: (id: string) => `/notices/${segment(id)}/read`,
  maintenance: (query: { done?: string } = {}) => withQuery('/maintenance', query),
  maintenanceDone: (itemId: string) => `/maintenance/${segment(itemId)}/done`,
  maintenanceTakenBack: (doneId: string) => `/maintenance/done/${segment(doneId)}/removal`,
  maintenanceRemoval: (itemId: string) => `/maintenance/${segment(itemId)}/removal`,
  checklists: () => '/checklists',
  checklistTick: (itemId: string) => `/checklists/${segment(itemId)}`,
  reminders: () => '/maintenance/reminders',
  calendarAddress: () => '/maintenance/calendar',
  calendarAddressRemoval: () => '/maintenance/calendar/removal',
  calendarFeed: (token: string) => `/calendar/${segment(token)}.ics`,
  snags: (query: { done?: string } = {}) => withQuery('/snags', query),
  newSnag: () => '/snags/new',
  snag: (id: string) => `/snags/${segment(id)}`,
  snagPhoto: (id: string) => `/snags/${segment(id)}/photo`,
  map: (query: { place?: string; category?: string } = {}) => withQuery('/map', query),
  claim: (publicId: string, query: { next?: string } = {}) => withQuery(`/h/${segment(publicId)}`, query),
  claimLogo: (publicId: string, logoId: string) => `/h/${segment(publicId)}/logo/${segment(logoId)}`,
  /** Where somebody without a session lands: the code form of the home last opened, or how to find one's link. */
  welcome: (query: { next?: string } = {}) => withQuery('/welcome', query),
  conversations: () => '/conversations',
  intro: () => '/intro',
  privacy: () => '/privacy',
  myData: () => '/my-data',
  myDataDone: (done: string) => withQuery('/my-data', { done }),
  myDataDetails: () => '/my-data/details',
  myDataAddress: () => '/my-data/address',
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
  preferences: (query: { done?: string } = {}) => withQuery('/preferences', query),
  movingOn: () => '/moving-on',
  transferConfirmation: (id: string) => `/moving-on/${segment(id)}/confirmation`,
  transferWithdrawal: (id: string) => `/moving-on/${segment(id)}/withdrawal`,
  movedOn: () => '/moved-on',
  brandSheet: (accent: string) => `/brand/${segment(accent.replace('#', ''))}.css`,
  logo: (id: string) => `/logo/${segment(id)}`,

  developer: {
    today: (query: { development?: string } = {}) => withQuery('/developer', query),
    signIn: (query: { next?: string } = {}) => withQuery('/developer/sign-in', query),
    signInStep: (step: string, query: { next?: string } = {}) =>
      withQuery(`/developer/sign-in/${step}`, query),
    signOut: () => '/developer/sign-out',
    secondFactor: (query: { done?: string } = {}) => withQuery('/developer/settings/second-factor', query),
    secondFactorCodes: () => '/developer/settings/second-factor/recovery-codes',
    secondFactorRemoval: () => '/developer/settings/second-factor/removal',
    ownPassword: () => '/developer/settings/second-factor/password',
    ownSessions: () => '/developer/settings/second-factor/sessions',
    staffFactorReset: (id: string) => `/developer/settings/staff/${segment(id)}/second-factor/removal`,
    homes: (query: HomesQuery = {}) => withQuery('/developer/homes', query),
    homesCsv: (query: HomesQuery = {}) => withQuery('/developer/homes.csv', query),
    homeowners: (query: HomeownersQuery = {}) => withQuery('/developer/homeowners', query),
    homeownersCsv: (query: HomeownersQuery = {}) => withQuery('/developer/homeowners.csv', query),
    newListExport: (list: string, query: HomesQuery | HomeownersQuery) =>
      withQuery('/developer/list-exports/new', { list, ...query }),
    listExports: () => '/developer/list-exports',
    listExport: (id: string) => `/developer/list-exports/${segment(id)}`,
    listExportFile: (id: string) => `/developer/list-exports/${segment(id)}/file`,
    siteMap: (query: SiteMapQuery = {}) => withQuery('/developer/site-map', query),
    homePin: (id: string) => `/developer/homes/${segment(id)}/pin`,
    geocoding: (query: { development: string }) => withQuery('/developer/site-map/geocoding', query),
    siteMapPins: (query: SiteMapQuery = {}) => withQuery('/developer/site-map/pins.json', query),
    places: (query: PlacesQuery = {}) => withQuery('/developer/places', query),
    place: (id: string) => `/developer/places/${segment(id)}`,
    placeRemoval: (id: string) => `/developer/places/${segment(id)}/removal`,
    placeKinds: (query: { development: string }) => withQuery('/developer/places/kinds', query),
    placesRefresh: (query: { development: string }) => withQuery('/developer/places/refresh', query),
    settings: (query: { done?: string } = {}) => withQuery('/developer/settings', query),
    secondFactorRule: () => '/developer/settings/second-factor-rule',
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
    developments: (query: { done?: string } = {}) => withQuery('/developer/settings/developments', query),
    developmentTenure: (id: string) => `/developer/settings/developments/${segment(id)}/tenure`,
    branding: (query: { done?: string } = {}) => withQuery('/developer/settings/branding', query),
    logo: (id: string) => `/developer/logo/${segment(id)}`,
    retention: (query: { done?: string } = {}) => withQuery('/developer/settings/retention', query),
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
    homeTransfers: (id: string) => `/developer/homes/${segment(id)}/transfers`,
    homeTransferConfirmation: (id: string, transferId: string) =>
      `/developer/homes/${segment(id)}/transfers/${segment(transferId)}/confirmation`,
    homeTransferWithdrawal: (id: string, transferId: string) =>
      `/developer/homes/${segment(id)}/transfers/${segment(transferId)}/withdrawal`,
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
    maintenance: (query: { development?: string; edit?: string; done?: string } = {}) =>
      withQuery('/developer/maintenance', query),
    checklists: (query: { development?: string; edit?: string; done?: string } = {}) =>
      withQuery('/developer/checklists', query),
    checklistItem: (id: string) => `/developer/checklists/${segment(id)}`,
    checklistRemoval: (id: string) => `/developer/checklists/${segment(id)}/removal`,
    checklistRaising: (id: string) => `/developer/checklists/${segment(id)}/raising`,
    maintenanceItem: (id: string) => `/developer/maintenance/${segment(id)}`,
    maintenanceRemoval: (id: string) => `/developer/maintenance/${segment(id)}/removal`,
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
    golden: (query: { development?: string; cursor?: string; done?: string } = {}) =>
      withQuery('/developer/golden', query),
    goldenRemoval: (id: string) => `/developer/golden/${segment(id)}/removal`,
    goldenRuns: (query: { development: string }) => withQuery('/developer/golden-runs', query),
    goldenRunDecision: (id: string) => `/developer/golden-runs/${segment(id)}/decision`,
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
    documentMustRead: (id: string) => `/developer/documents/${segment(id)}/must-read`,
    acknowledgements: (
      query: { development?: string; document?: string; show?: string; cursor?: string } = {},
    ) => withQuery('/developer/acknowledgements', query),
    documentDeletion: (id: string) => `/developer/documents/${segment(id)}/deletion`,
    uploadTray: (query: { development: string }) => withQuery('/developer/upload-tray', query),
    documentExpiry: (id: string) => `/developer/documents/${segment(id)}/expiry`,
    renewal: (query: { development?: string; done?: string } = {}) => withQuery('/developer/renewal', query),
    renewalReingestion: (query: { development: string }) =>
      withQuery('/developer/renewal/reingestion', query),
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
    whatsNew: (query: { development?: string } = {}) => withQuery('/developer/whats-new', query),
    supportAccess: (query: { development?: string } = {}) => withQuery('/developer/support-access', query),
    jobCancel: (id: string) => `/developer/jobs/${segment(id)}/cancel`,
  },

  admin: adminPaths,

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
