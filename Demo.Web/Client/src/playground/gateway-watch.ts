import { announce } from '../shared/announce'
import { GatewayError } from '../shared/api/gateway-error'
import { byId } from '../shared/dom'
import { problemOf } from './problem'

const firstPauseMs = 1000
const longestPauseMs = 10_000

/** Says so while the gateway does not answer, and looks until it does. */
export class GatewayWatch {
  readonly #banner = byId('away', 'div')
  #isLooking = false

  /** @param look asks the gateway for something that the page needs of it. */
  constructor(private readonly look: () => Promise<void>) {}

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

  // A refusal is an answer; what to do about it is said where something is asked.
  async #answers(): Promise<boolean> {
    try {
      await this.look()
    } catch (failure) {
      if (failure instanceof GatewayError && (failure.isAway || failure.status >= 500)) {
        this.#say(true)
        return false
      }

      this.#banner.textContent = failure instanceof GatewayError ? sentence(failure) : String(failure)
      this.#banner.hidden = false
      return true
    }

    this.#say(false)
    return true
  }

  #say(isAway: boolean): void {
    if (isAway !== !this.#banner.hidden) {
      announce(isAway ? 'The gateway does not answer. Looking again.' : 'The gateway is back.')
    }

    this.#banner.hidden = !isAway
    this.#banner.textContent = 'The gateway does not answer. Looking again until it does…'
  }
}

function sentence(failure: GatewayError): string {
  const problem = problemOf(failure, false, false)
  return `${problem.title}. ${problem.advice}`
}
