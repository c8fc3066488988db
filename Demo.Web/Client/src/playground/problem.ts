import type { GatewayError } from '../shared/api/gateway-error'

/** A failure in words: what it is, and what to do about it. */
export interface Problem {
  readonly title: string
  readonly advice: string
  /** What the gateway said itself. */
  readonly detail?: string
  /** How long trying again is of no use. */
  readonly waitSeconds?: number
}

/** @param hasBegun whether part of the answer is there. */
export function problemOf(error: GatewayError, hasBegun: boolean, hasOwnKey: boolean): Problem {
  const problem = hasBegun ? brokenOff(error) : refused(error, hasOwnKey)
  return {
    ...problem,
    ...(error.status === 0 || error.isAway ? {} : { detail: error.message }),
    ...(error.retryAfterSeconds === undefined ? {} : { waitSeconds: Math.ceil(error.retryAfterSeconds) }),
  }
}

function brokenOff(error: GatewayError): Problem {
  return error.status === 0
    ? { title: 'The connection was lost', advice: 'What came of the answer is kept. Try again to get the whole of it.' }
    : { title: 'The answer broke off', advice: 'The model stopped before its end. What came is kept; try again to get the whole of it.' }
}

function refused(error: GatewayError, hasOwnKey: boolean): Problem {
  if (error.isAway) {
    return { title: 'The gateway does not answer', advice: 'Your question is kept. The page looks again by itself and says when it is back; then try again.' }
  }

  switch (error.status) {
    case 401:
      return hasOwnKey
        ? { title: 'This key is not accepted', advice: 'Look at the key in Settings, or clear it to use the demo’s own.' }
        : { title: 'A key is needed', advice: 'This demo has none to lend. Enter one of your own in Settings.' }
    case 403:
    case 404:
      return { title: 'This model is not open to you', advice: 'Choose another model below.' }
    case 413:
      return { title: 'That is too long to send', advice: 'Shorten the question, or begin a new conversation: all that was said before is sent along.' }
    case 429:
      return error.code === 'insufficient_quota'
        ? { title: 'The budget is used up', advice: 'The demo spends a small sum a day. Come back tomorrow, choose a cheaper model, or enter a key of your own in Settings.' }
        : { title: 'Too many requests just now', advice: 'All visitors share the demo’s limits. Wait a moment, then try again.' }
    case 503:
      return { title: 'The model cannot be reached', advice: 'Try again in a moment, or choose another model.' }
    case 504:
      return { title: 'The model took too long', advice: 'Try again, or ask for a shorter answer.' }
    default:
      return error.status >= 500
        ? { title: 'The model failed', advice: 'That is not your doing. Try again, or choose another model.' }
        : { title: 'The request was not understood', advice: 'Look at what the gateway says, change it, and try again.' }
  }
}
