// The JSX runtime escapes everything it did not make itself.
import { expect, test } from 'bun:test'
import { Fragment, Html, jsx, raw } from '#views/jsx-runtime.ts'

const markupOf = (tag: string, props: Record<string, unknown>) => jsx(tag, props as never).markup

test('text children and attribute values are escaped', () => {
  const evil = `"><img src=x onerror='alert(1)'>&`
  expect(markupOf('p', { children: evil })).toBe(
    '<p>&quot;&gt;&lt;img src=x onerror=&#x27;alert(1)&#x27;&gt;&amp;</p>',
  )
  expect(markupOf('p', { title: evil })).toBe(
    '<p title="&quot;&gt;&lt;img src=x onerror=&#x27;alert(1)&#x27;&gt;&amp;"></p>',
  )
})

test('markup made by the runtime is nested without being escaped again', () => {
  const inner = jsx('b', { children: '1 < 2' })
  expect(markupOf('p', { children: [inner, ' and ', 3, null, false, [raw('<br>')]] })).toBe(
    '<p><b>1 &lt; 2</b> and 3<br></p>',
  )
  expect(Fragment({ children: ['a', inner] }).markup).toBe('a<b>1 &lt; 2</b>')
})

test('an object that only looks like markup is refused', () => {
  expect(() => markupOf('p', { children: { markup: '<script>' } })).toThrow('cannot render a child')
  expect(() => markupOf('p', { children: () => 'x' })).toThrow('cannot render a child')
})

test.each([
  ['href', 'javascript:alert(1)'],
  ['href', ' \u0000JaVaScRiPt:alert(1)'],
  ['href', 'java\tscript:alert(1)'],
  ['src', 'data:text/html,<script>'],
  ['action', 'vbscript:x'],
  ['formaction', 'javascript:1'],
  ['hx-get', 'javascript:1'],
])('the address in %s is replaced when it is %p', (name, value) => {
  expect(markupOf('a', { [name]: value })).toBe(`<a ${name}="#"></a>`)
})

test('ordinary addresses stay as they are', () => {
  for (const url of [
    '/documents?page=2',
    'https://example.ie/a',
    'tel:112',
    'mailto:care@example.ie',
    '#log',
  ]) {
    expect(markupOf('a', { href: url })).toBe(`<a href="${url}"></a>`)
  }
})

test('boolean attributes follow HTML and ARIA states are spelt out', () => {
  expect(markupOf('input', { disabled: true, hidden: false, required: undefined, value: '' })).toBe(
    '<input disabled value="">',
  )
  expect(markupOf('div', { 'aria-busy': true, 'aria-expanded': false })).toBe(
    '<div aria-busy="true" aria-expanded="false"></div>',
  )
})

test.each(['style', 'onclick', 'hx-on:click', 'hx-on::after:swap', 'srcdoc', 'a b', '"x', 'a>b'])(
  'the attribute %p is refused',
  (name) => {
    expect(() => markupOf('div', { [name]: 'x' })).toThrow()
  },
)

test('void elements have no end tag', () => {
  expect(markupOf('br', {})).toBe('<br>')
  expect(markupOf('input', { name: 'q' })).toBe('<input name="q">')
  expect(new Html('<i></i>').toString()).toBe('<i></i>')
})
