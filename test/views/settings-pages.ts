// The pages of the settings, with invented props: filled, empty, just done, refused. Nobody in here exists.
import { blankDevelopment } from '#views/developer/new-development.tsx'
import { ActivityPage } from '#views/developer/settings/activity.tsx'
import { ApiKeysPage } from '#views/developer/settings/api-keys.tsx'
import { BrandingPage } from '#views/developer/settings/branding.tsx'
import { DevelopmentsPage } from '#views/developer/settings/developments.tsx'
import { FactsPage, type FactsProps } from '#views/developer/settings/facts.tsx'
import { PasswordPage } from '#views/developer/settings/password.tsx'
import { RetentionPage } from '#views/developer/settings/retention.tsx'
import { StaffMemberPage, type StaffMemberView, StaffSettingsPage } from '#views/developer/settings/staff.tsx'
import { WebhookPage, WebhooksPage } from '#views/developer/settings/webhooks.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { AT, LONG_NAME, longStaffShell, staffShell } from './invented.ts'

const admin = { ...staffShell, person: { ...staffShell.person, isAdmin: true } }
const longAdmin = { ...longStaffShell, person: { ...longStaffShell.person, isAdmin: true } }
const problem = () => undefined
const problemIn = (field: string) => (asked: string) =>
  asked === field ? 'Enter one thing here.' : undefined

const member = (id: string, changes: Partial<StaffMemberView> = {}): StaffMemberView => ({
  ...{ id, name: 'Niamh Daly', email: 'niamh@longview.example', role: 'developer', isSelf: false },
  ...{
    developments: ['Longview Park'],
    developmentIds: ['dev-1'],
    liveSessions: 1,
    lastSeenAt: AT,
    hasSecondFactor: false,
  },
  ...{ isDisabled: false, isInvited: false },
  ...changes,
})

const link = {
  url: `https://openhouseai.ie/developer/password/${'a'.repeat(43)}`,
  name: 'Niamh Daly',
  isMailed: false,
  purpose: 'invitation' as const,
}
const blank = { name: '', email: '', role: 'developer' as const, developmentIds: [], problem }

const fact = (id: string, isEmergency: boolean) => ({
  ...{ id, topic: isEmergency ? 'emergency' : 'ber', label: 'Gas Networks Ireland', value: '1800 20 50 50' },
  ...{ source: 'Gas Networks Ireland', recordedOn: AT, isEmergency },
})
const facts: FactsProps = {
  charsMax: { label: 120, value: 2_000, source: 300 },
  shell: staffShell,
  developmentName: 'Longview Park',
  list: { development: 'dev-1', house_type: '' },
  houseTypes: [{ value: 'BD01', label: 'BD01: Detached' }],
  topics: ['emergency', 'hot_water', 'ber'],
  facts: [fact('f1', true), fact('f2', false)],
  edited: null,
  form: { topic: 'ber', label: '', value: '', source: '', problem },
}

const webhook = {
  id: 'w1',
  url: 'https://hooks.example/openhouse',
  events: ['unit.claimed'],
  isDisabled: true,
}
const delivery = (id: string, state: string, status: number | null, failure: string | null) => ({
  ...{ id, event: 'unit.claimed', state, status, failure, attempts: 2, at: AT },
})

export const SETTINGS_PAGES: Record<string, () => Html> = {
  'developer-settings': () =>
    StaffSettingsPage({
      ...{ shell: admin, link, invitation: blank, isFactorRequired: false },
      members: [
        member('s1', { role: 'admin', isSelf: true }),
        member('s2', { name: LONG_NAME, isInvited: true, lastSeenAt: null, developments: [] }),
        member('s3', { isDisabled: true }),
      ],
    }),
  'developer-settings-refused': () =>
    StaffSettingsPage({
      ...{ shell: longAdmin, link: null, members: [], isFactorRequired: true },
      invitation: { ...blank, name: LONG_NAME, problem: problemIn('email') },
    }),
  'developer-settings-member': () =>
    StaffMemberPage({
      ...{ shell: admin, member: member('s1'), link: { ...link, isMailed: true }, message: 'Saved.' },
      ...{ rights: { role: 'developer', developmentIds: ['dev-1'] }, problem },
    }),
  'developer-settings-member-self': () =>
    StaffMemberPage({
      ...{ shell: admin, member: member('s1', { isSelf: true, liveSessions: 0 }), link: null },
      ...{ rights: { role: 'developer', developmentIds: [] }, problem: problemIn('role') },
    }),
  'developer-settings-facts': () => FactsPage(facts),
  'developer-settings-facts-edit': () =>
    FactsPage({
      ...{ ...facts, shell: longAdmin, edited: fact('f2', false) },
      form: { ...fact('f2', false), value: '', problem: problemIn('value') },
    }),
  'developer-settings-facts-empty': () => FactsPage({ ...facts, facts: [], message: 'Removed.' }),
  'developer-settings-api-keys': () =>
    ApiKeysPage({
      ...{ shell: admin, allScopes: ['units:read', 'units:write'], newKey: `oh_${'k'.repeat(43)}` },
      keys: ['k1', 'k2'].map((id) => ({
        ...{ id, name: 'Sales system', prefix: 'oh_abcdefg', scopes: ['units:read'], createdAt: AT },
        allowedOrigins: id === 'k1' ? ['https://crm.example.ie'] : [],
        ...{ lastUsedAt: id === 'k1' ? AT : null, revokedAt: id === 'k2' ? AT : null },
      })),
      form: { name: '', scopes: [], origins: '', problem },
    }),
  'developer-settings-api-keys-empty': () =>
    ApiKeysPage({
      ...{ shell: longAdmin, allScopes: ['units:read'], newKey: null, keys: [] },
      form: { name: LONG_NAME, scopes: ['units:read'], origins: 'crm', problem: problemIn('scopes') },
    }),
  'developer-settings-webhooks': () =>
    WebhooksPage({
      ...{ shell: admin, webhooks: [webhook], allEvents: ['unit.claimed'], secret: 'whsec_abc' },
      form: { url: '', events: [], problem },
    }),
  'developer-settings-webhooks-empty': () =>
    WebhooksPage({
      ...{ shell: longAdmin, webhooks: [], allEvents: ['unit.claimed'], secret: null },
      form: { url: 'ftp://x', events: [], problem: problemIn('url') },
    }),
  'developer-settings-webhook': () =>
    WebhookPage({
      ...{ shell: admin, webhook, nextUrl: '/developer/settings/webhooks/w1?cursor=x' },
      deliveries: [
        delivery('d1', 'delivered', 200, null),
        delivery('d2', 'failed', null, 'webhook_unreachable'),
        delivery('d3', 'pending', null, null),
      ],
    }),
  'developer-settings-activity': () =>
    ActivityPage({
      ...{ shell: admin, areas: ['homes', 'staff'], area: 'homes', who: undefined },
      staff: [{ value: 's1', label: 'Niamh Daly' }],
      entries: ['home.code_rotated', 'api_key.created'].map((action, i) => ({
        ...{ id: `a${i}`, action, targetType: i === 0 ? 'unit' : 'api_key', targetId: 'u1', at: AT },
        ...{ actorType: 'purchaser', actorName: i === 0 ? LONG_NAME : null, ipAddress: '2001:db8::/48' },
      })),
      nextUrl: '/developer/settings/activity?cursor=x',
    }),
  'developer-settings-activity-empty': () =>
    ActivityPage({
      ...{ shell: longAdmin, areas: [], area: undefined, who: undefined, staff: [], entries: [] },
    }),
  'developer-settings-branding': () =>
    BrandingPage({
      ...{ shell: { ...admin, brand: { accent: '#b07a2e', logoUrl: '/developer/logo/l1' } }, problem },
      ...{ accent: '#b07a2e', logoUrl: '/developer/logo/l1', message: 'Saved.' },
    }),
  'developer-settings-branding-refused': () =>
    BrandingPage({ shell: longAdmin, accent: '#fff', logoUrl: null, problem: problemIn('accent') }),
  'developer-settings-developments': () =>
    DevelopmentsPage({
      ...{ shell: admin, message: 'Saved.', form: blankDevelopment },
      developments: [
        { id: 'v1', name: 'Longview Park', address: 'Ballyhooly Road, Ballyvolane', tenure: 'mixed' },
        { id: 'v2', name: LONG_NAME, address: 'Mill Road, Midleton', tenure: 'rent' },
      ],
    }),
  'developer-settings-developments-empty': () =>
    DevelopmentsPage({
      ...{ shell: longAdmin, developments: [] },
      form: { ...blankDevelopment, problem: problemIn('county') },
    }),
  'developer-no-development-admin': () => NoDevelopmentPage({ shell: { ...admin, developments: [] } }),
  'developer-no-development': () => NoDevelopmentPage({ shell: { ...longStaffShell, developments: [] } }),
  'developer-settings-retention': () =>
    RetentionPage({
      ...{ shell: admin, problem: problemIn('qr_scans') },
      periods: [
        { rule: 'qr_scans', value: '9', least: 30, most: 400 },
        { rule: 'data_access_log', value: '730', least: 365, most: 730 },
      ],
      fixed: [{ rule: 'raw_addresses', days: 30 }],
    }),
  'developer-password': () => PasswordPage({ token: 'a'.repeat(43), purpose: 'invitation', charsMin: 12 }),
  'developer-password-refused': () =>
    PasswordPage({
      ...{ token: 'a'.repeat(43), purpose: 'password_reset', charsMin: 12 },
      problem: 'Choose 12 to 128 characters; a sentence is good.',
    }),
}
