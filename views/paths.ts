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
      } = {},
    ) => withQuery('/developer/documents', query),
    documentFile: (id: string) => `/developer/documents/${segment(id)}/file`,
    document: (id: string) => `/developer/documents/${segment(id)}`,
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
    jobCancel: (id: string) => `/developer/jobs/${segment(id)}/cancel`,
  },

  admin: {
    overview: () => '/admin',
    signIn: (query: { next?: string } = {}) => withQuery('/admin/sign-in', query),
    signOut: () => '/admin/sign-out',
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
