import type { Token, Tokens } from 'marked'
import { h } from '../dom'
import { renderInline } from './render-inline'

/** One block as one element. What is HTML in the source is text here. */
export function renderBlock(token: Token): HTMLElement {
  switch (token.type) {
    case 'heading':
      return heading(token as Tokens.Heading)
    case 'code':
      return code(token as Tokens.Code)
    case 'blockquote':
      return h('blockquote', {}, ...renderBlocks((token as Tokens.Blockquote).tokens))
    case 'list':
      return list(token as Tokens.List)
    case 'table':
      return table(token as Tokens.Table)
    case 'hr':
      return h('hr')
    case 'html':
      return h('p', {}, token.raw.trim())
    default:
      return h('p', {}, ...renderInline((token as Tokens.Generic).tokens ?? [token]))
  }
}

export function renderBlocks(tokens: readonly Token[]): HTMLElement[] {
  return tokens.filter(isShown).map(renderBlock)
}

export function isShown(token: Token): boolean {
  return token.type !== 'space' && token.type !== 'def'
}

// One level below the page's own: models skip levels, which loses those who move from heading to heading.
function heading(token: Tokens.Heading): HTMLElement {
  return h('h3', { class: `depth-${Math.min(3, token.depth)}` }, ...renderInline(token.tokens))
}

// The copy button is found by its attribute: what is rendered anew while an answer streams has no listeners to lose.
function code(token: Tokens.Code): HTMLElement {
  const language = /^[\w+#.-]+/.exec(token.lang ?? '')?.[0] ?? 'text'
  return h(
    'figure',
    { class: 'code' },
    h('figcaption', {}, language, h('button', { type: 'button', class: 'button quiet small', 'data-copy-code': true }, 'Copy')),
    h('pre', { tabindex: 0 }, h('code', {}, token.text)),
  )
}

function list(token: Tokens.List): HTMLElement {
  const items = token.items.map((item) => h('li', item.task ? { class: 'task' } : {}, ...listItem(item)))
  return token.ordered ? h('ol', { start: token.start === '' || token.start === 1 ? undefined : token.start }, ...items) : h('ul', {}, ...items)
}

function listItem(item: Tokens.ListItem): (Node | string)[] {
  const box = item.task ? [item.checked === true ? '☑ ' : '☐ '] : []
  const parts = item.tokens.filter((token) => isShown(token) && token.type !== 'checkbox').flatMap((token) => (token.type === 'text' ? renderInline([token]) : [renderBlock(token)]))
  return [...box, ...parts]
}

function table(token: Tokens.Table): HTMLElement {
  const row = (cells: Tokens.TableCell[], tag: 'td' | 'th') =>
    h('tr', {}, ...cells.map((cell) => h(tag, { class: cell.align === null ? undefined : `align-${cell.align}`, scope: tag === 'th' ? 'col' : undefined }, ...renderInline(cell.tokens))))
  return h(
    'div',
    { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    h('table', {}, h('thead', {}, row(token.header, 'th')), h('tbody', {}, ...token.rows.map((cells) => row(cells, 'td')))),
  )
}
