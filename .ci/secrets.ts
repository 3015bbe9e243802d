// Looks for secrets in every file that git knows. Run: bun .ci/secrets.ts (ends with 1 when there is one)
import { readFileSync } from 'node:fs'

/** Larger files are pictures and fixtures; their bytes would only make noise. */
const FILE_BYTES_MAX = 1_000_000

/** Shapes of keys, and values that are set to something a machine made. */
const SHAPES: readonly [what: string, pattern: RegExp][] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['a key of Amazon', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a key of OpenAI', /\bsk-(?:proj-)?[A-Za-z0-9_-]{32,}/],
  ['a key of Google', /\bAIza[A-Za-z0-9_-]{35}\b/],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})/],
  ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{20,}/],
  ['a key of our own', /\boh_[A-Za-z0-9_-]{43}\b/],
  ['a signed token', /\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}/],
  [
    'a password in an address',
    /\b[a-z]+:\/\/[^\s:/@'"`$]+:(?!\[)[^\s:/@'"`$]{12,}@(?!(?:localhost|127\.0\.0\.1|db|host)(?:[:/]|$)|[\w.-]*\bexample\b)/,
  ],
  [
    'a secret setting',
    /^(?:[A-Z_]*(?:SECRET|PASSWORD|TOKEN|API_KEY)[A-Z_]*)=(?!["']?[$<{])["']?[A-Za-z0-9+/_=-]{24,}/m,
  ],
]

export type Finding = { path: string; line: number; what: string }

export function secretsIn(path: string, text: string): Finding[] {
  return SHAPES.flatMap(([what, pattern]) => {
    const found = pattern.exec(text)
    return found ? [{ path, line: text.slice(0, found.index).split('\n').length, what }] : []
  })
}

export function scanRepository(): { files: number; findings: Finding[] } {
  const listed = Bun.spawnSync(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  if (listed.exitCode !== 0) throw new Error('git could not list the files')
  const paths = listed.stdout.toString().split('\0').filter(Boolean)
  const findings = paths.flatMap((path) => {
    const bytes = readFileSync(path)
    const isText = bytes.length <= FILE_BYTES_MAX && !bytes.subarray(0, 4_096).includes(0)
    return isText ? secretsIn(path, bytes.toString('utf8')) : []
  })
  return { files: paths.length, findings }
}

if (import.meta.main) {
  const { files, findings } = scanRepository()
  for (const { path, line, what } of findings) process.stderr.write(`${path}:${line} looks like ${what}\n`)
  process.stdout.write(`${files} files, ${findings.length} secrets\n`)
  process.exitCode = findings.length > 0 ? 1 : 0
}
