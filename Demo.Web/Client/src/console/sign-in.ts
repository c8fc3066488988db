import { GatewayError } from '../shared/api/gateway-error'
import { h } from '../shared/dom'
import { failureText, problem } from './parts/states'
import type { Admin } from './api/admin'

/** Asks for a credential, over whatever is there: what was typed beneath it stays. */
export class SignIn {
  readonly #input = h('input', { type: 'password', id: 'credential', autocomplete: 'off', spellcheck: 'false', required: true, 'aria-describedby': 'credential-hint' })
  readonly #button = h('button', { class: 'button primary' }, 'Sign in')
  readonly #reason = h('p', { class: 'lead' })
  readonly #trouble = h('div')
  readonly #dialog = h(
    'dialog',
    { class: 'sign-in', 'aria-labelledby': 'sign-in-title', oncancel: (event: Event) => { event.preventDefault() } },
    h('h1', { id: 'sign-in-title' }, 'Operator’s console'),
    this.#reason,
    h(
      'form',
      { onsubmit: (event: Event) => {
        event.preventDefault()
        void this.#try()
      } },
      h('label', { class: 'field', for: 'credential' }, 'Admin key or token', this.#input),
      h('p', { class: 'hint', id: 'credential-hint' }, 'Kept in this tab’s memory only: loading the page anew forgets it.'),
      this.#trouble,
      h('div', { class: 'dialog-actions' }, this.#button),
    ),
  )

  constructor(private readonly admin: Admin, private readonly done: () => void) {
    document.body.append(this.#dialog)
  }

  ask(reason: string): void {
    this.#reason.textContent = reason
    if (!this.#dialog.open) {
      this.#trouble.replaceChildren()
      this.#dialog.showModal()
      this.#input.focus()
    }
  }

  async #try(): Promise<void> {
    this.#button.disabled = true
    this.#trouble.replaceChildren()
    try {
      await this.admin.signIn(this.#input.value.trim())
      this.#input.value = ''
      this.#dialog.close()
      this.done()
    } catch (failure) {
      this.#trouble.replaceChildren(why(failure))
      this.#input.select()
    } finally {
      this.#button.disabled = false
    }
  }
}

function why(failure: unknown): HTMLElement {
  if (failure instanceof GatewayError && failure.status === 401) {
    return problem(new GatewayError(400, undefined, 'This credential is not accepted: it is mistyped, expired or revoked.'))
  }

  return failure instanceof GatewayError && failure.isAway ? problem(new GatewayError(400, undefined, 'The gateway does not answer. Try again in a moment.')) : h('div', { class: 'problem', role: 'alert' }, h('p', {}, failureText(failure)))
}
