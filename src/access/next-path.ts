// Where somebody goes after signing in: back to the page they wanted, and only ever a page of ours.

const PATH_CHARS_MAX = 500

/** A path of the same origin, or the fallback. Refuses what browsers read as another site. */
export function safeNextPath(asked: string | null | undefined, fallback: string): string {
  if (!asked || asked.length > PATH_CHARS_MAX) return fallback
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these and then read "//".
  if (!asked.startsWith('/') || /^\/[/\\]/.test(asked) || /[\\\u0000-\u001f]/.test(asked)) return fallback
  const resolved = new URL(asked, 'http://localhost')
  // Resolving takes "." and ".." away, and what is left may begin with "//": `/.//evil.example`.
  if (resolved.origin !== 'http://localhost' || resolved.pathname.startsWith('//')) return fallback
  return resolved.pathname + resolved.search
}
