import { h } from '../shared/dom'
import { icon } from '../shared/icon'
import type { Problem } from './problem'

const second = 1000

/** A failure where the answer would be; its button counts down where trying again at once is of no use. */
export class ProblemView {
  readonly element: HTMLElement
  readonly #button: HTMLButtonElement
  #left: number
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(problem: Problem, retry: () => void) {
    this.#left = problem.waitSeconds ?? 0
    this.#button = h('button', { type: 'button', class: 'button small', 'data-retry': true, onclick: retry })
    this.element = h(
      'div',
      { class: 'problem' },
      h('h3', {}, icon('warning'), problem.title),
      h('p', {}, problem.advice),
      problem.detail !== undefined && h('p', { class: 'detail' }, 'The gateway says: ', h('q', {}, problem.detail)),
      this.#button,
    )
    this.#show()
    if (this.#left > 0) {
      this.#timer = setInterval(() => { this.#tick() }, second)
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    this.#left -= 1
    this.#show()
    if (this.#left <= 0) {
      this.stop()
    }
  }

  #show(): void {
    this.#button.disabled = this.#left > 0
    this.#button.replaceChildren(icon('retry'), this.#left > 0 ? `Try again in ${this.#left} s` : 'Try again')
  }
}
