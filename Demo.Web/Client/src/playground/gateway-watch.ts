import { announce } from '../shared/announce'
import type { Gateway } from '../shared/api/gateway'
import { GatewayError } from '../shared/api/gateway-error'
import { byId } from '../shared/dom'
import { problemOf } from './problem'

const firstPauseMs = 1000
const longestPauseMs = 10_000
const away = 'The gateway does not answer. Looking again until it does…'

/** Says so while the gateway does not answer, and looks until it does. */
export class GatewayWatch {
  readonly #banner = byId('away', 'div')
  #isLooking = false
  #isAway = false

  /** @param look asks the gateway for something that the page needs of it. */
  constructor(
    private readonly gateway: Gateway,
    private readonly look: () => Promise<void>,
  ) {}

  async start(): Promise<void> {
    if (this.#isLooking) {
      return
    }

    this.#isLooking = true
    for (let pauseMs = firstPauseMs; !(await this.#answers()); pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      await new Promise((resume) => setTimeout(resume, pauseMs))
    }

    this.#isLooking = false
  }

  // A refusal is an answer too.
  async #answers(): Promise<boolean> {
    const wasAway = this.#isAway
    const failure = await this.#look()
    this.#isAway = failure !== undefined && (failure.isAway || failure.status >= 500)
    if (this.#isAway) {
      this.#show(away, wasAway ? undefined : away)
    } else if (failure !== undefined) {
      const { title, advice } = problemOf(failure, false, this.gateway.credential !== undefined)
      this.#show(`${title}. ${advice}`, title)
    } else {
      this.#show(undefined, wasAway ? 'The gateway is back.' : undefined)
    }

    return !this.#isAway
  }

  async #look(): Promise<GatewayError | undefined> {
    try {
      await this.look()
      return undefined
    } catch (failure) {
      return failure instanceof GatewayError ? failure : new GatewayError(0, undefined, String(failure))
    }
  }

  #show(text: string | undefined, said: string | undefined): void {
    this.#banner.hidden = text === undefined
    this.#banner.textContent = text ?? ''
    if (said !== undefined) {
      announce(said)
    }
  }
}
