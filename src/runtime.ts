// What a process sets once before it works: settings, signing key, storage, log level. Threads call it too.
import { useSigningKeys } from './access/tokens.ts'
import { openStorage, useStorage } from './clients/storage.ts'
import { type Config, useConfig } from './config.ts'
import { setLogLevel } from './log.ts'

export function prepareProcess(config: Config): void {
  useConfig(config)
  setLogLevel(config.LOG_LEVEL)
  useSigningKeys(config.jwtSecret, config.jwtSecretPrevious)
  useStorage(openStorage(config))
}
