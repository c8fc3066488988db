import { h } from '../../shared/dom'

export interface Question {
  readonly title: string
  /** What will happen, in full. */
  readonly consequences: readonly string[]
  /** What the button says that does it. */
  readonly action: string
  readonly isDangerous?: boolean
}

/** Asks before something is done; the safe answer is the one at hand. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      { class: 'confirm', 'aria-labelledby': 'confirm-title', onclose: () => {
        resolve(dialog.returnValue === 'yes')
        dialog.remove()
      } },
      h('h2', { id: 'confirm-title' }, question.title),
      h('ul', { class: 'consequences' }, ...question.consequences.map((text) => h('li', {}, text))),
      h(
        'div',
        { class: 'dialog-actions' },
        h('button', { type: 'button', class: 'button', autofocus: true, onclick: () => { dialog.close('no') } }, 'Cancel'),
        h('button', { type: 'button', class: `button ${question.isDangerous === true ? 'danger' : 'primary'}`, onclick: () => { dialog.close('yes') } }, question.action),
      ),
    )
    document.body.append(dialog)
    dialog.showModal()
  })
}
