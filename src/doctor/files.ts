// Checks of where files are kept: one goes in, comes back, is nobody else's to read, and is removed again.
import { probeStore } from '../clients/storage-probe.ts'
import type { Config } from '../config.ts'
import { type Finding, failure, isSilence, notReachable, ok } from './finding.ts'

export async function fileFindings(config: Config): Promise<Finding[]> {
  const isRemote = config.STORAGE_S3_ENDPOINT !== undefined
  try {
    const { signedStatus, strangerStatus } = await probeStore(config)
    if (!isRemote) return [ok('files', 'The folder takes a file and gives it back.')]
    return [
      ok('STORAGE_S3_BUCKET', 'takes a file and gives it back.'),
      strangerStatus !== null && strangerStatus < 300
        ? failure('STORAGE_S3_BUCKET', 'is public: anybody with an address reads documents. Make it private.')
        : ok('STORAGE_S3_BUCKET', 'is private.'),
      signedStatus === 200
        ? ok('STORAGE_S3_ENDPOINT', 'honours signed addresses.')
        : failure(
            'STORAGE_S3_ENDPOINT',
            `answers a signed address with ${signedStatus}: is STORAGE_S3_REGION the bucket’s?`,
          ),
    ]
  } catch (error) {
    return [isRemote ? storeTrouble(error) : folderTrouble(error)]
  }
}

const folderTrouble = (error: unknown): Finding =>
  failure(
    'files',
    `The folder for files does not work (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): give DATA_DIR to the user that runs OpenHouse.`,
  )

function storeTrouble(error: unknown): Finding {
  const code = String((error as { code?: unknown }).code ?? '')
  if (code === 'InvalidAccessKeyId')
    return failure('STORAGE_S3_ACCESS_KEY_ID', 'is not known to the store: copy it again.')
  if (code === 'SignatureDoesNotMatch')
    return failure(
      'STORAGE_S3_SECRET_ACCESS_KEY',
      'does not fit its key id, or STORAGE_S3_REGION is not the bucket’s: copy them again.',
    )
  if (code === 'NoSuchBucket')
    return failure('STORAGE_S3_BUCKET', 'is not there: make it, private, in the store.')
  if (code === 'AccessDenied')
    return failure(
      'STORAGE_S3_ACCESS_KEY_ID',
      'may not read and write in the bucket: allow GetObject, PutObject and DeleteObject.',
    )
  if (code === 'RequestTimeTooSkewed')
    return failure('STORAGE_S3_ENDPOINT', 'finds this machine’s clock wrong: run a time service.')
  if (isSilence(error))
    return notReachable(
      'STORAGE_S3_ENDPOINT',
      'does not answer: check the address, and whether this machine may reach it.',
    )
  return failure('STORAGE_S3_ENDPOINT', `refuses (${code || 'unknown'}): is it the S3 address of the store?`)
}
