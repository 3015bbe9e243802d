// The settings of a builder, and the page where a one-time link leads.
import { Elysia } from 'elysia'
import { activitySettings } from './activity.ts'
import { apiKeySettings } from './api-keys.ts'
import { brandingSettings } from './branding.ts'
import { developmentSettings } from './developments.ts'
import { factSettings } from './facts.ts'
import { staffPassword } from './password.ts'
import { retentionSettings } from './retention.ts'
import { secondFactorSettings } from './second-factor.ts'
import { staffSettings } from './staff.ts'
import { webhookSettings } from './webhooks.ts'

export const settings = new Elysia({ name: 'developer/settings' })
  .use(staffSettings)
  .use(factSettings)
  .use(apiKeySettings)
  .use(webhookSettings)
  .use(activitySettings)
  .use(staffPassword)
  .use(brandingSettings)
  .use(retentionSettings)
  .use(developmentSettings)
  .use(secondFactorSettings)
