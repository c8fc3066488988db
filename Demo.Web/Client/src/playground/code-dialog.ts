import { copyButton } from '../shared/clipboard'
import { byId, h } from '../shared/dom'
import { snippets, type Snippet } from './snippets'
import type { ChatRequest } from './chat-request'

/** Shows a request as code, a tab for each language. */
export class CodeDialog {
  readonly #dialog = byId('code', 'dialog')
  readonly #tabs = byId('code-tabs', 'div')
  readonly #code = byId('code-text', 'code')
  #snippets: readonly Snippet[] = []
  #chosen = 0

  constructor() {
    byId('code-copy', 'span').append(copyButton(() => this.#code.textContent))
    byId('code-close', 'button').addEventListener('click', () => { this.#dialog.close() })
    this.#tabs.addEventListener('keydown', (event) => { this.#key(event) })
  }

  show(request: ChatRequest, hasOwnKey: boolean): void {
    this.#snippets = snippets(request, location.origin, hasOwnKey)
    this.#choose(this.#chosen)
    this.#dialog.showModal()
  }

  #choose(index: number): void {
    this.#chosen = index
    this.#tabs.replaceChildren(...this.#snippets.map((snippet, i) => this.#tab(snippet, i)))
    this.#code.textContent = this.#snippets[index]?.code ?? ''
  }

  #tab(snippet: Snippet, index: number): HTMLElement {
    const isChosen = index === this.#chosen
    return h(
      'button',
      { type: 'button', role: 'tab', class: 'tab', 'aria-selected': String(isChosen), 'aria-controls': 'code-panel', tabindex: isChosen ? 0 : -1, onclick: () => { this.#focus(index) } },
      snippet.language,
    )
  }

  #key(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      this.#focus((this.#chosen + step + this.#snippets.length) % this.#snippets.length)
    }
  }

  #focus(index: number): void {
    this.#choose(index)
    this.#tabs.querySelector<HTMLElement>('[aria-selected=true]')?.focus()
  }
}
