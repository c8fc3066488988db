import { announce } from '../../shared/announce'
import { h } from '../../shared/dom'
import { problem } from '../parts/states'
import type { ApiKey } from '../api/types'
import type { Desk } from '../view'
import { KeyForm } from './key-form'
import { secretOnce } from './secret-once'

/** Makes a key, or changes one. What is refused is told beside what was typed, which stays. */
export class KeyDialog {
  readonly #form: KeyForm
  readonly #trouble = h('div')
  readonly #save: HTMLButtonElement
  readonly #dialog: HTMLDialogElement

  constructor(private readonly desk: Desk, private readonly before: ApiKey | undefined, private readonly done: (key: ApiKey) => void) {
    this.#form = new KeyForm(before)
    this.#save = h('button', { class: 'button primary' }, before === undefined ? 'Make the key' : 'Save')
    this.#dialog = h(
      'dialog',
      { class: 'wide', 'aria-labelledby': 'key-dialog-title', onclose: () => { this.#dialog.remove() } },
      h('h2', { id: 'key-dialog-title' }, before === undefined ? 'New key' : `Change ${before.name}`),
      h(
        'form',
        { onsubmit: (event: Event) => {
          event.preventDefault()
          void this.#submit()
        } },
        this.#form.element,
        this.#trouble,
        h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', onclick: () => { this.#dialog.close() } }, 'Cancel'), this.#save),
      ),
    )
  }

  open(): void {
    document.body.append(this.#dialog)
    this.#dialog.showModal()
  }

  async #submit(): Promise<void> {
    this.#save.disabled = true
    this.#trouble.replaceChildren()
    try {
      const key = this.before === undefined
        ? await this.desk.admin.change<ApiKey>('POST', '/admin/keys', this.#form.made)
        : await this.desk.admin.change<ApiKey>('PATCH', `/admin/keys/${encodeURIComponent(this.before.id)}`, this.#form.changes)
      if (key.key === undefined) {
        this.#dialog.close()
      } else {
        this.#dialog.replaceChildren(...secretOnce(key, () => { this.#dialog.close() }))
      }

      announce('The key is saved.')
      this.done(key)
    } catch (failure) {
      this.#trouble.replaceChildren(problem(failure))
      this.#save.disabled = false
    }
  }
}
