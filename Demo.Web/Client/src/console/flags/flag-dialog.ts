import { h } from '../../shared/dom'
import { problem } from '../parts/states'
import type { Flag } from '../api/types'
import type { Desk } from '../view'

/** For whom and when a flag is on. */
export class FlagDialog {
  readonly #percentage = h('input', { type: 'number', min: 0, max: 100, step: 'any', id: 'flag-percentage', placeholder: 'All' })
  readonly #tenants = h('input', { id: 'flag-tenants', autocomplete: 'off' })
  readonly #users = h('input', { id: 'flag-users', autocomplete: 'off' })
  readonly #from = h('input', { type: 'datetime-local', id: 'flag-from' })
  readonly #until = h('input', { type: 'datetime-local', id: 'flag-until' })
  readonly #trouble = h('div')
  readonly #dialog: HTMLDialogElement

  constructor(private readonly desk: Desk, private readonly flag: Flag, private readonly done: () => void) {
    this.#percentage.value = flag.percentage?.toString() ?? ''
    this.#tenants.value = flag.tenants.join(', ')
    this.#users.value = flag.users.join(', ')
    this.#from.value = flag.from?.slice(0, 16) ?? ''
    this.#until.value = flag.until?.slice(0, 16) ?? ''
    this.#dialog = h(
      'dialog',
      { 'aria-labelledby': 'flag-title', onclose: () => { this.#dialog.remove() } },
      h('h2', { id: 'flag-title' }, `For whom ${flag.name} is on`),
      h('p', { class: 'hint' }, 'It is on for whoever is in the percentage, the tenants or the users, between both times; where all is empty, for everybody.'),
      h(
        'form',
        { class: 'form', onsubmit: (event: Event) => {
          event.preventDefault()
          void this.#save()
        } },
        field('Percentage of users', this.#percentage),
        field('Tenants, separated by commas', this.#tenants),
        field('Users, separated by commas', this.#users),
        field('From (UTC)', this.#from),
        field('Until (UTC)', this.#until),
        this.#trouble,
        h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', onclick: () => { this.#dialog.close() } }, 'Cancel'), h('button', { class: 'button primary' }, 'Switch on for these')),
      ),
    )
  }

  open(): void {
    document.body.append(this.#dialog)
    this.#dialog.showModal()
  }

  async #save(): Promise<void> {
    const percentage = this.#percentage.value === '' ? null : Number(this.#percentage.value)
    try {
      await this.desk.admin.change('PUT', `/admin/flags/${encodeURIComponent(this.flag.name)}`, { enabled: true, percentage, tenants: names(this.#tenants), users: names(this.#users), from: moment(this.#from), until: moment(this.#until) })
      this.#dialog.close()
      this.done()
    } catch (failure) {
      this.#trouble.replaceChildren(problem(failure))
    }
  }
}

function field(title: string, input: HTMLInputElement): HTMLElement {
  return h('label', { class: 'field', for: input.id }, title, input)
}

function names(input: HTMLInputElement): string[] {
  return input.value.split(',').map((name) => name.trim()).filter((name) => name !== '')
}

function moment(input: HTMLInputElement): string | null {
  return input.value === '' ? null : `${input.value}:00Z`
}
