import { copyButton } from '../shared/clipboard'
import { h } from '../shared/dom'
import { icon } from '../shared/icon'

/** A question on the page; it can be changed and asked once more. */
export class QuestionView {
  readonly element = h('article', { class: 'turn question' })

  constructor(
    public text: string,
    private readonly ask: (text: string) => void,
  ) {
    this.#show()
  }

  dispose(): void {
    this.element.remove()
  }

  #show(): void {
    const edit = h('button', { type: 'button', class: 'button quiet small', onclick: () => { this.#edit() } }, icon('edit'), 'Edit')
    this.element.replaceChildren(
      h('h2', { class: 'hidden' }, 'You asked'),
      h('p', { class: 'question-text' }, this.text),
      h('div', { class: 'actions' }, copyButton(() => this.text), edit),
    )
  }

  #edit(): void {
    const field = h('textarea', { 'aria-label': 'Question', rows: 3, onkeydown: (event: KeyboardEvent) => { this.#key(event, field) } })
    field.value = this.text
    this.element.replaceChildren(
      h('h2', { class: 'hidden' }, 'You asked'),
      field,
      h(
        'div',
        { class: 'actions' },
        h('button', { type: 'button', class: 'button small primary', onclick: () => { this.#save(field) } }, 'Ask again'),
        h('button', { type: 'button', class: 'button quiet small', onclick: () => { this.#leave() } }, 'Cancel'),
      ),
    )
    field.focus()
  }

  #key(event: KeyboardEvent, field: HTMLTextAreaElement): void {
    if (event.key === 'Escape') {
      event.stopPropagation()
      this.#leave()
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      this.#save(field)
    }
  }

  #save(field: HTMLTextAreaElement): void {
    const text = field.value.trim()
    if (text !== '') {
      this.text = text
      this.#show()
      this.ask(text)
    }
  }

  #leave(): void {
    this.#show()
    this.element.querySelector<HTMLButtonElement>('.actions button:last-child')?.focus()
  }
}
