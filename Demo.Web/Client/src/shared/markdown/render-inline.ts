import type { Token, Tokens } from 'marked'
import { h } from '../dom'
import { decodeEntities } from './entities'
import { safeLink } from './safe-link'

/** Text and what is in it. What is HTML in the source is text here. */
export function renderInline(tokens: readonly Token[]): (Node | string)[] {
  return tokens.flatMap(inline)
}

function inline(token: Token): (Node | string)[] {
  switch (token.type) {
    case 'strong':
      return [h('strong', {}, ...within(token))]
    case 'em':
      return [h('em', {}, ...within(token))]
    case 'del':
      return [h('del', {}, ...within(token))]
    case 'codespan':
      return [h('code', {}, (token as Tokens.Codespan).text)]
    case 'br':
      return [h('br')]
    case 'link':
      return [link((token as Tokens.Link).href, within(token))]
    case 'image':
      // Nothing is fetched from elsewhere without being asked for.
      return [link((token as Tokens.Image).href, [`[image: ${(token as Tokens.Image).text}]`])]
    case 'html':
      return [token.raw]
    case 'escape':
      return [(token as Tokens.Escape).text]
    default:
      return (token as Tokens.Generic).tokens === undefined ? [decodeEntities((token as Tokens.Text).text)] : within(token)
  }
}

function within(token: Token): (Node | string)[] {
  return renderInline((token as Tokens.Generic).tokens ?? [])
}

function link(address: string, children: (Node | string)[]): HTMLElement {
  const href = safeLink(address)
  return href === undefined ? h('span', {}, ...children) : h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...children)
}
