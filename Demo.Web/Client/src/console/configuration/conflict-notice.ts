import { h } from '../../shared/dom'
import { momentText } from '../parts/moment'
import type { Configuration } from '../api/types'

export interface Ways {
  /** Undefined where what was typed is no JSON yet, so that nothing can be merged into it. */
  readonly takeBoth: (() => void) | undefined
  readonly keepMine: () => void
  readonly takeTheirs: () => void
}

/** Says that somebody else was faster, what they put, and how one may go on. Nothing typed is touched until one has chosen. */
export function conflictNotice(now: Configuration, conflicts: readonly string[] | undefined, ways: Ways): HTMLElement {
  const both = conflicts === undefined || conflicts.length === 0 ? '' : ` Both of you changed ${conflicts.join(', ')}: there yours would stay.`
  return h(
    'div',
    { class: 'problem is-conflict', role: 'alert' },
    h('h3', {}, `${now.author ?? 'Somebody else'} has put version ${now.version} meanwhile`),
    h('p', {}, `It is in force since ${momentText(now.changed_at ?? '')}. What you typed is untouched below, and was not put.${both}`),
    h('details', {}, h('summary', {}, 'What they put'), h('pre', { tabindex: 0 }, JSON.stringify(now.overlay, null, 2))),
    h(
      'div',
      { class: 'dialog-actions' },
      h('button', { type: 'button', class: 'button', onclick: ways.takeTheirs }, 'Take theirs, drop mine'),
      h('button', { type: 'button', class: 'button', onclick: ways.keepMine }, 'Go on with mine in place of theirs'),
      ways.takeBoth !== undefined && h('button', { type: 'button', class: 'button primary', onclick: ways.takeBoth }, 'Bring both together'),
    ),
  )
}
