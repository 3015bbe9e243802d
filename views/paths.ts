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

  developer: {
    today: (query: { development?: string } = {}) => withQuery('/developer', query),
    signIn: (query: { next?: string } = {}) => withQuery('/developer/sign-in', query),
    signOut: () => '/developer/sign-out',
    homes: (query: { development?: string; status?: string; cursor?: string } = {}) =>
      withQuery('/developer/homes', query),
    homeDetails: (id: string) => `/developer/homes/${segment(id)}`,
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
      } = {},
    ) => withQuery('/developer/documents', query),
    documentFile: (id: string) => `/developer/documents/${segment(id)}/file`,
    document: (id: string) => `/developer/documents/${segment(id)}`,
    questions: (query: { development?: string; view?: string; cursor?: string; done?: string } = {}) =>
      withQuery('/developer/questions', query),
    question: (gapId: string) => `/developer/questions/${segment(gapId)}`,
    questionAnswer: (gapId: string) => `/developer/questions/${segment(gapId)}/answer`,
    knowledge: (query: { development?: string; cursor?: string; done?: string } = {}) =>
      withQuery('/developer/knowledge', query),
    knowledgeRetirement: (id: string) => `/developer/knowledge/${segment(id)}/retirement`,
    testConsole: (query: { development?: string } = {}) => withQuery('/developer/test-console', query),
  },

  admin: {
    overview: () => '/admin',
    signIn: (query: { next?: string } = {}) => withQuery('/admin/sign-in', query),
    signOut: () => '/admin/sign-out',
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
