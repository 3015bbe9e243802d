// Says of an error of the file system what is wrong with the data folder, and what to do about it.

/** A clause to follow "DATA_DIR: ", with what to do; null when the error is of another kind. */
export function folderFault(error: unknown, folder: string): string | null {
  const { code, path = folder } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM')
    return `${path} cannot be written by the account that starts OpenHouse: give it the folder, or name another one`
  if (code === 'EROFS')
    return `${path} is on a disk that can only be read: name a folder on another one, or mount it for writing`
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return `${path} is a file and no folder: name another one, or move the file away`
  return isDiskFull(error) ? `the disk of ${folder} is full: make room on it and start again` : null
}

/** PostgreSQL and its tools say so in words, of a file of theirs. */
export function isDiskFull(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT' || /no space left on device/i.test(message ?? '')
}
