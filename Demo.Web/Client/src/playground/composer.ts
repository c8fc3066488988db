import { byId } from '../shared/dom'
import { icon } from '../shared/icon'

/** Where questions are typed: Enter sends, Shift+Enter begins a line, Escape stops the answer. */
export class Composer {
  readonly #form = byId('composer', 'form')
  readonly #field = byId('prompt', 'textarea')
  readonly #button = byId('send', 'button')
  #isBusy = false

  constructor(
    private readonly ask: (text: string) => void,
    private readonly stop: () => void,
  ) {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#submit()
    })
    this.#field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault()
        this.#send()
      }
    })
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#isBusy && document.querySelector('dialog[open]') === null) {
        this.stop()
      }
    })
    this.setBusy(false)
  }

  focus(): void {
    this.#field.focus()
  }

  setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy
    const label = isBusy ? 'Stop' : 'Send'
    this.#button.replaceChildren(icon(isBusy ? 'stop' : 'send'))
    this.#button.setAttribute('aria-label', label)
    this.#button.title = isBusy ? 'Stop (Esc)' : 'Send (Enter)'
  }

  #submit(): void {
    if (this.#isBusy) {
      this.stop()
    } else {
      this.#send()
    }
  }

  #send(): void {
    const text = this.#field.value.trim()
    if (text !== '' && !this.#isBusy) {
      this.#field.value = ''
      this.ask(text)
    }
  }
}
