// What each log shows beside time, builder and request: the names of its fields, and what its filter is called.

export type LogColumn = {
  field: string
  label: string
  align?: 'right'
  /** `error`: red when there is something; `job`: leads to the job; `time`: a moment. */
  as?: 'error' | 'job' | 'time' | 'long' | 'ms'
}

export type LogWords = { title: string; filter: string; empty: string; columns: LogColumn[] }

const ms: LogColumn = { field: 'ms', label: 'Took', align: 'right', as: 'ms' }

export const LOGS: Record<string, LogWords> = {
  activity: {
    title: 'Activity',
    filter: 'Action',
    empty: 'What staff, operators and programs change is put on record here.',
    columns: [
      { field: 'action', label: 'Action' },
      { field: 'name', label: 'Who' },
      { field: 'actor', label: 'As' },
      { field: 'target', label: 'What' },
      { field: 'targetId', label: 'Which', as: 'long' },
      { field: 'changes', label: 'Changes', as: 'long' },
      { field: 'address', label: 'Address' },
    ],
  },
  'chain-checks': {
    title: 'Checks of the activity log',
    filter: 'Outcome',
    empty: 'The chains are checked every night, and whenever you ask for it.',
    columns: [
      { field: 'outcome', label: 'Outcome' },
      { field: 'checked', label: 'Rows', align: 'right' },
      { field: 'erased', label: 'Erased', align: 'right' },
      { field: 'sequence', label: 'Broken at', align: 'right', as: 'error' },
      { field: 'row', label: 'Broken row', as: 'error' },
    ],
  },
  'data-access': {
    title: 'Access to personal data',
    filter: 'Action',
    empty: 'Whoever opens the data of a home that is not theirs is noted here.',
    columns: [
      { field: 'action', label: 'Action' },
      { field: 'name', label: 'Who' },
      { field: 'actor', label: 'As' },
      { field: 'home', label: 'Home' },
      { field: 'document', label: 'Document' },
    ],
  },
  rag: {
    title: 'Questions',
    filter: 'Answered by',
    empty: 'Every question leaves a row of how it was answered.',
    columns: [
      { field: 'development', label: 'Development' },
      { field: 'stage', label: 'Answered by' },
      { field: 'reason', label: 'Reason', as: 'long' },
      { field: 'mode', label: 'Mode' },
      { field: 'model', label: 'Model' },
      { field: 'candidates', label: 'Candidates', align: 'right' },
      { field: 'filtered', label: 'Filtered out', align: 'right' },
      { field: 'chunks', label: 'Passages', align: 'right' },
      ms,
    ],
  },
  ingestion: {
    title: 'Documents read',
    filter: 'Outcome',
    empty: 'Every document that was read, or could not be, leaves a row here.',
    columns: [
      { field: 'document', label: 'Document' },
      { field: 'stage', label: 'Stage' },
      { field: 'outcome', label: 'Outcome' },
      { field: 'detail', label: 'Figures', as: 'long' },
      ms,
    ],
  },
  'llm-errors': {
    title: 'Language model errors',
    filter: 'Code',
    empty: 'Every failed call of the language model appears here.',
    columns: [
      { field: 'code', label: 'Code', as: 'error' },
      { field: 'model', label: 'Model' },
      { field: 'attempt', label: 'Attempt', align: 'right' },
      { field: 'status', label: 'HTTP', align: 'right' },
      { field: 'message', label: 'Message', as: 'long' },
      ms,
    ],
  },
  requests: {
    title: 'Requests',
    filter: 'Route',
    empty: 'Every answered request appears here within a second or two.',
    columns: [
      { field: 'method', label: 'Method' },
      { field: 'route', label: 'Route', as: 'long' },
      { field: 'status', label: 'Status', align: 'right' },
      { field: 'actor', label: 'Caller' },
      ms,
    ],
  },
  'rate-limits': {
    title: 'Rate limits',
    filter: 'Policy',
    empty: 'Whoever is told to slow down appears here, once in ten seconds.',
    columns: [
      { field: 'policy', label: 'Policy' },
      { field: 'subject', label: 'Key', as: 'long' },
      { field: 'route', label: 'Address', as: 'long' },
    ],
  },
  scans: {
    title: 'Scans',
    filter: 'Outcome',
    empty: 'Every scan of a printed code appears here.',
    columns: [
      { field: 'outcome', label: 'Outcome' },
      { field: 'home', label: 'Home' },
      { field: 'address', label: 'Address' },
      { field: 'agent', label: 'Browser', as: 'long' },
    ],
  },
  mails: {
    title: 'Mails',
    filter: 'State',
    empty: 'Every mail that was to be sent appears here.',
    columns: [
      { field: 'subject', label: 'Subject' },
      { field: 'to', label: 'To' },
      { field: 'state', label: 'State' },
      { field: 'code', label: 'Code', as: 'error' },
      { field: 'job', label: 'Job', as: 'job' },
    ],
  },
  'webhook-deliveries': {
    title: 'Webhook deliveries',
    filter: 'State',
    empty: 'Every event sent to a program appears here.',
    columns: [
      { field: 'event', label: 'Event' },
      { field: 'url', label: 'To', as: 'long' },
      { field: 'state', label: 'State' },
      { field: 'attempts', label: 'Attempts', align: 'right' },
      { field: 'status', label: 'HTTP', align: 'right' },
      { field: 'code', label: 'Code', as: 'error' },
      { field: 'job', label: 'Job', as: 'job' },
      ms,
    ],
  },
  purges: {
    title: 'Purges',
    filter: 'Rule',
    empty: 'What the nightly purge removed is counted here.',
    columns: [
      { field: 'rule', label: 'Rule' },
      { field: 'rows', label: 'Rows', align: 'right' },
      { field: 'cutoff', label: 'Older than', as: 'time' },
    ],
  },
  incidents: {
    title: 'Incidents',
    filter: 'What happened',
    empty: 'What alert rules and you note of incidents stands here.',
    columns: [
      { field: 'incident', label: 'Incident' },
      { field: 'rule', label: 'Rule' },
      { field: 'kind', label: 'What happened' },
      { field: 'name', label: 'Who' },
      { field: 'note', label: 'Note', as: 'long' },
      { field: 'figures', label: 'Figures', as: 'long' },
    ],
  },
  impersonations: {
    title: 'Impersonations',
    filter: 'Ending',
    empty: 'Whenever an operator looks as somebody else, it stands here and in the builder’s own log.',
    columns: [
      { field: 'operator', label: 'Operator' },
      { field: 'as', label: 'As' },
      { field: 'reason', label: 'Reason', as: 'long' },
      { field: 'until', label: 'Until', as: 'time' },
      { field: 'ending', label: 'Ending' },
      { field: 'ended', label: 'Ended', as: 'time' },
    ],
  },
}
