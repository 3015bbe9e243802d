// The zone's settings with the values each may have: the official client takes any text for any of them.
import { z } from 'zod'

const onOff = z.enum(['on', 'off'])

/** https://developers.cloudflare.com/api/resources/zones/subresources/settings/ */
export const settingValues = z.strictObject({
  ssl: z.enum(['off', 'flexible', 'full', 'strict']),
  min_tls_version: z.enum(['1.0', '1.1', '1.2', '1.3']),
  tls_1_3: z.enum(['on', 'off', 'zrt']),
  always_use_https: onOff,
  automatic_https_rewrites: onOff,
  security_header: z.strictObject({
    strict_transport_security: z.strictObject({
      enabled: z.boolean(),
      max_age: z.number().int().min(0).max(31_536_000),
      include_subdomains: z.boolean(),
      preload: z.boolean(),
      nosniff: z.boolean(),
    }),
  }),
  http3: onOff,
  brotli: onOff,
  '0rtt': onOff,
  rocket_loader: onOff,
  email_obfuscation: onOff,
  mirage: onOff,
  server_side_exclude: onOff,
  response_buffering: onOff,
  always_online: onOff,
  development_mode: onOff,
  browser_cache_ttl: z.number().int().min(0).max(31_536_000),
  max_upload: z.union([100, 125, 150, 175, 200, 500].map((mb) => z.literal(mb))),
  ip_geolocation: onOff,
  opportunistic_encryption: onOff,
})

export type SettingValues = z.infer<typeof settingValues>
