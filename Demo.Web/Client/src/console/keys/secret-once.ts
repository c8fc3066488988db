import { copyButton } from '../../shared/clipboard'
import { h } from '../../shared/dom'
import type { ApiKey } from '../api/types'

/** A key's secret, the one time that it is there to be seen. */
export function secretOnce(key: ApiKey, close: () => void): Node[] {
  const secret = key.key ?? ''
  return [
    h('h2', { id: 'key-dialog-title' }, `The key of ${key.name}`),
    h('p', { class: 'banner' }, 'This is the only time it is shown. The gateway keeps no copy of it.'),
    h('p', { class: 'secret' }, h('code', { id: 'secret' }, secret)),
    h('div', { class: 'dialog-actions' }, copyButton(() => secret), h('button', { type: 'button', class: 'button primary', autofocus: true, onclick: close }, 'I have it')),
  ]
}
