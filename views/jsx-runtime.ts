// HTML by construction: every child and attribute is escaped unless it is already an `Html` value.

/** A piece of markup that is known to be safe. Only this runtime and `raw` make one. */
export class Html {
  constructor(readonly markup: string) {}
  toString() {
    return this.markup
  }
}

/** The only way around escaping: for markup this code base wrote itself (icons, SVG), never for input. */
export const raw = (markup: string) => new Html(markup)

export type Child = Html | string | number | bigint | boolean | null | undefined | Child[]
type Attribute = string | number | boolean | null | undefined
export type Props = Record<string, unknown> & { children?: Child }
type Component<P> = (props: P) => Html

const VOID_TAGS = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const URL_ATTRIBUTES = new Set(
  'href src action formaction poster hx-action hx-get hx-post hx-put hx-delete hx-patch hx-query hx-sse:connect'.split(
    ' ',
  ),
)
// Browsers skip everything up to the space character in front of a scheme.
const UNSAFE_SCHEME = /^[^!-\uffff]*(?:javascript|data|vbscript):/i
const ATTRIBUTE_NAME = /^[a-zA-Z_:@.][-a-zA-Z0-9_:.@]*$/
// The content security policy blocks these in the browser, where nobody sees it; here the page's test fails.
const INLINE_CODE = /^(?:on|hx-on|style$|srcdoc$)/i

function render(child: Child): string {
  if (child instanceof Html) return child.markup
  if (typeof child === 'string') return Bun.escapeHTML(child)
  if (typeof child === 'number' || typeof child === 'bigint') return String(child)
  if (child === null || child === undefined || typeof child === 'boolean') return ''
  if (Array.isArray(child)) {
    let markup = ''
    for (const item of child) markup += render(item)
    return markup
  }
  throw new TypeError(`cannot render a child of type ${typeof child}`)
}

/** Names that were checked; they are few, because they stand in the code. */
const goodNames = new Set<string>()
const GOOD_NAMES_MAX = 1_000

function checkName(name: string): void {
  if (!ATTRIBUTE_NAME.test(name)) throw new TypeError(`not an attribute name: ${name}`)
  if (INLINE_CODE.test(name)) throw new TypeError(`inline code or style is not allowed: ${name}`)
  if (goodNames.size < GOOD_NAMES_MAX) goodNames.add(name)
}

function attributes(props: Props): string {
  let markup = ''
  for (const name in props) {
    if (name === 'children' || name === 'key') continue
    const value = props[name] as Attribute
    if (value === null || value === undefined) continue
    if (!goodNames.has(name)) checkName(name)
    // aria-busy="" means "false" to a browser, so the ARIA states are always spelt out.
    const state = typeof value === 'boolean' && !name.startsWith('aria-')
    if (state && !value) continue
    if (state) {
      markup += ` ${name}`
      continue
    }
    const text = String(value)
    // Browsers drop tabs and line breaks anywhere in an address before they read its scheme.
    const unsafe = URL_ATTRIBUTES.has(name) && UNSAFE_SCHEME.test(text.replace(/[\t\n\r]/g, ''))
    markup += ` ${name}="${unsafe ? '#' : Bun.escapeHTML(text)}"`
  }
  return markup
}

/** Called by the compiler for every JSX element. */
export function jsx<P extends Props>(tag: string | Component<P>, props: P): Html {
  if (typeof tag === 'function') return tag(props)
  const open = `<${tag}${attributes(props)}>`
  if (VOID_TAGS.has(tag)) return new Html(open)
  return new Html(`${open}${render(props.children)}</${tag}>`)
}

export const jsxs = jsx
export const jsxDEV = jsx
export const Fragment = (props: { children?: Child }) => new Html(render(props.children))

export namespace JSX {
  export type Element = Html
  export interface ElementChildrenAttribute {
    children: unknown
  }
  export interface IntrinsicElements {
    [tag: string]: Record<string, unknown> & { children?: Child }
  }
}
