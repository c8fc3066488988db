import { copyButton } from '../shared/clipboard'
import { h } from '../shared/dom'
import { icon } from '../shared/icon'
import { MarkdownView } from '../shared/markdown/markdown-view'
import type { Answer } from './answer'
import { figures } from './figures'
import { ProblemView } from './problem-view'
import { productCards } from './product-cards'
import { toolActivity } from './tool-activity'

export interface AnswerActions {
  readonly retry: () => void
  readonly showCode: (answer: Answer) => void
}

/** An answer on the page. While it streams it is drawn once a frame at most. */
export class AnswerView {
  readonly element: HTMLElement
  readonly #text = h('div', { class: 'markdown' })
  readonly #tools = h('div', { class: 'tools' })
  readonly #foot = h('div', { class: 'answer-foot' })
  readonly #author = h('h2', { class: 'author' }, 'Answer')
  readonly #markdown = new MarkdownView(this.#text)
  #frame = 0
  #problem: ProblemView | undefined

  constructor(
    readonly answer: Answer,
    private readonly actions: AnswerActions,
  ) {
    this.element = h('article', { class: 'turn answer', 'data-state': answer.state }, this.#author, this.#tools, h('p', { class: 'waiting' }, 'Waiting for the first word'), this.#text, this.#foot)
  }

  /** Says that the answer has grown. */
  grew(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      this.#draw()
    })
  }

  /** Says that no more will come. */
  ended(): void {
    cancelAnimationFrame(this.#frame)
    this.#draw()
    this.#markdown.end()
    const { answer } = this
    this.#problem = answer.problem && new ProblemView(answer.problem, this.actions.retry)
    this.#foot.replaceChildren(
      ...[productCards(answer.products), this.#note(), this.#problem?.element, figures(answer), this.#buttons()].filter((part) => part !== undefined),
    )
  }

  /** Only the last answer can be asked for again. */
  removeRetry(): void {
    this.element.querySelectorAll('[data-retry]').forEach((button) => { button.remove() })
    this.#problem?.stop()
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    this.#problem?.stop()
    this.element.remove()
  }

  #draw(): void {
    const { answer } = this
    this.element.dataset.state = answer.state
    this.#author.replaceChildren(answer.model ?? answer.request.model, ...(answer.isSimulated ? [h('span', { class: 'badge warn' }, 'Simulated: no model is loaded here')] : []))
    this.#tools.replaceChildren(...toolActivity(answer))
    this.#markdown.show(answer.text)
  }

  #note(): HTMLElement | undefined {
    const note = noteOf(this.answer)
    return note === undefined ? undefined : h('p', { class: 'note' }, note)
  }

  #buttons(): HTMLElement {
    const { answer, actions } = this
    return h(
      'div',
      { class: 'actions' },
      answer.text !== '' && copyButton(() => answer.text),
      answer.problem === undefined && h('button', { type: 'button', class: 'button quiet small', 'data-retry': true, onclick: actions.retry }, icon('retry'), 'Try again'),
      h('button', { type: 'button', class: 'button quiet small', onclick: () => { actions.showCode(answer) } }, icon('code'), 'As code'),
    )
  }
}

function noteOf(answer: Answer): string | undefined {
  if (answer.state === 'stopped') {
    return answer.text === '' ? 'Stopped before the first word.' : 'Stopped. What came is kept.'
  }

  if (answer.finishReason === 'length') {
    return 'The answer ends here because it has reached the most tokens it may have.'
  }

  if (answer.finishReason === 'content_filter') {
    return 'The model’s provider cut the answer off.'
  }

  return answer.state === 'complete' && answer.text === '' ? 'The model answered with nothing.' : undefined
}
