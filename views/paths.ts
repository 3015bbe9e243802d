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
  signOut: () => '/sign-out',

  developer: {
    today: (query: { development?: string } = {}) => withQuery('/developer', query),
    signIn: (query: { next?: string } = {}) => withQuery('/developer/sign-in', query),
    signOut: () => '/developer/sign-out',
    homes: (query: { development?: string; status?: string; cursor?: string } = {}) =>
      withQuery('/developer/homes', query),
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
    documentFile: (id: string) => `/developer/documents/${segment(id)}/file`,
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
    documents: () => '/api/v1/documents',
    document: (id: string) => `/api/v1/documents/${segment(id)}`,
    questions: () => '/api/v1/questions',
    job: (id: string) => `/api/v1/jobs/${segment(id)}`,
    public: () => '/api/public',
  },

  docs: () => '/docs',
  openApi: () => '/openapi.json',
  asset: (fileName: string) => `/assets/${segment(fileName)}`,
  manifest: () => '/manifest.webmanifest',
}
