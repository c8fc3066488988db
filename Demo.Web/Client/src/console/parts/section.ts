import { GatewayError } from '../../shared/api/gateway-error'
import { h } from '../../shared/dom'
import { loading, problem } from './states'

const againMs = 3000

/** A part of a page that is read from the gateway: loading, there, or not there and why. What was there before stays while it is read anew. */
export class Section<T> {
  readonly element: HTMLElement
  readonly #body = h('div', { class: 'section-body', 'aria-busy': 'true' }, loading())
  readonly #trouble = h('div')
  #reading: AbortController | undefined
  #isThere = false
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(
    title: string,
    private readonly read: (signal: AbortSignal) => Promise<T>,
    private readonly draw: (value: T) => Node | readonly Node[],
    ...actions: Node[]
  ) {
    this.element = h('section', { class: 'section' }, title !== '' && h('div', { class: 'section-head' }, h('h2', {}, title), h('div', { class: 'section-actions' }, ...actions)), this.#trouble, this.#body)
  }

  async load(): Promise<void> {
    clearTimeout(this.#again)
    this.#reading?.abort()
    const reading = new AbortController()
    this.#reading = reading
    this.#body.setAttribute('aria-busy', 'true')
    try {
      const value = await this.read(reading.signal)
      if (!reading.signal.aborted) {
        this.#show(value)
      }
    } catch (failure) {
      if (!reading.signal.aborted) {
        this.#fail(failure)
      }
    }
  }

  #show(value: T): void {
    const drawn = this.draw(value)
    this.#isThere = true
    this.#trouble.replaceChildren()
    this.#body.replaceChildren(...(drawn instanceof Node ? [drawn] : drawn))
    this.#body.setAttribute('aria-busy', 'false')
  }

  #fail(failure: unknown): void {
    this.#body.setAttribute('aria-busy', 'false')
    this.#trouble.replaceChildren(problem(failure, () => void this.load()))
    if (!this.#isThere) {
      this.#body.replaceChildren()
    }

    if (failure instanceof GatewayError && failure.isAway) {
      this.#again = setTimeout(() => void this.load(), againMs)
    }
  }

  leave(): void {
    clearTimeout(this.#again)
    this.#reading?.abort()
  }
}
