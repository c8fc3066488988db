import { expect, it } from 'vitest'
import { decodeEntities } from '../src/shared/markdown/entities'
import { safeLink } from '../src/shared/markdown/safe-link'

it.each(['https://example.com/a?b=c', 'http://example.com/', 'mailto:ann@example.com'])('%s may be followed', (address) => {
  expect(safeLink(address)).toBe(address)
})

it.each(['javascript:alert(1)', ' JAVASCRIPT:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'blob:https://example.com/1', '/admin', '//example.com', '', 'x'])('%s may not', (address) => {
  expect(safeLink(address)).toBeUndefined()
})

it('entities are the characters that they mean, and what is none stays', () => {
  expect(decodeEntities('&lt;b&gt; &amp;amp; &#39;&#x27; &#128512; &#0; &#xFFFFFF; &constructor; &unknown; &')).toBe("<b> &amp; '' 😀 &#0; &#xFFFFFF; &constructor; &unknown; &")
})
