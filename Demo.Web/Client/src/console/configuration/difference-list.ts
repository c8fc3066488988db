import { h } from '../../shared/dom'
import type { Difference } from '../api/types'

/** What a change would do, key by key. */
export function differenceList(difference: Difference): HTMLElement {
  const lines = linesOf(difference)
  return lines.length === 0
    ? h('p', { class: 'soft' }, 'It changes nothing of what is in force.')
    : h(
        'div',
        { class: 'data-frame', tabindex: 0, role: 'region', 'aria-label': 'Differences' },
        h('table', { class: 'data wrap' }, h('caption', { class: 'hidden' }, 'Differences'), h('thead', {}, h('tr', {}, ...['', 'key', 'before', 'after'].map((title) => h('th', { scope: 'col' }, title === '' ? h('span', { class: 'hidden' }, 'change') : title)))), h('tbody', {}, ...lines.map(row))),
      )
}

/** The same in words, for a question. */
export function differenceWords(difference: Difference, most = 8): string[] {
  const lines = linesOf(difference)
  const shown = lines.slice(0, most).map((line) => line.sign === '+' ? `${line.key} becomes ${line.after}.` : line.sign === '−' ? `${line.key} is no longer set (it is ${line.before}).` : `${line.key} changes from ${line.before} to ${line.after}.`)
  return lines.length === 0 ? ['Nothing of what is in force changes.'] : lines.length > most ? [...shown, `${lines.length - most} more keys change.`] : shown
}

interface Line {
  readonly sign: string
  readonly key: string
  readonly before: string
  readonly after: string
}

function linesOf(difference: Difference): Line[] {
  return [
    ...difference.changed.map(({ key, before, after }) => ({ sign: '~', key, before: text(before), after: text(after) })),
    ...difference.added.map(({ key, value }) => ({ sign: '+', key, before: '', after: text(value) })),
    ...difference.removed.map(({ key, value }) => ({ sign: '−', key, before: text(value), after: '' })),
  ]
}

function row(line: Line): HTMLElement {
  const name = line.sign === '+' ? 'added' : line.sign === '−' ? 'removed' : 'changed'
  return h('tr', { class: `is-${name}` }, h('td', {}, h('span', { 'aria-hidden': 'true' }, line.sign), h('span', { class: 'hidden' }, name)), h('th', { scope: 'row' }, line.key), h('td', {}, line.before), h('td', {}, line.after))
}

function text(value: unknown): string {
  return JSON.stringify(value)
}
