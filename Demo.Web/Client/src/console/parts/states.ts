import { GatewayError } from '../../shared/api/gateway-error'
import { h } from '../../shared/dom'
import { icon } from '../../shared/icon'

/** Where something is on its way: lines of the height of what comes, so that nothing jumps. */
export function loading(lines = 3): HTMLElement {
  return h('div', { class: 'loading' }, h('span', { class: 'hidden' }, 'Loading'), ...Array.from({ length: lines }, () => h('span', { class: 'loading-line' })))
}

/** Where there is nothing, with what to do about it. */
export function empty(title: string, advice = '', action?: Node): HTMLElement {
  return h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), advice !== '' && h('p', {}, advice), action)
}

/**
 * Why something is not there, or was not done, in words.
 * @param isTriedAgain whether that happens by itself.
 */
export function failureText(failure: unknown, isTriedAgain = false): string {
  if (!(failure instanceof GatewayError)) {
    return 'Something in this page went wrong. Load it anew; nothing was changed at the gateway.'
  }

  if (failure.isAway) {
    return isTriedAgain ? 'The gateway does not answer. The page tries again by itself; what you typed is kept.' : 'The gateway does not answer. What you typed is kept; try again once it does.'
  }

  switch (failure.status) {
    case 401:
      return 'Your credential is not accepted any more. Sign in again; what you typed is kept.'
    case 403:
      return 'Your credential does not let you administer the gateway. Sign in with the admin key, or a token with the administrator’s claim.'
    default:
      return failure.message === '' ? `The gateway answered ${failure.status}.` : failure.message
  }
}

/** @param retry what the button does; without it there is no button. */
export function problem(failure: unknown, retry?: () => void): HTMLElement {
  return h(
    'div',
    { class: 'problem', role: 'alert' },
    h('p', {}, icon('warning'), ' ', failureText(failure, retry !== undefined)),
    retry !== undefined && h('button', { type: 'button', class: 'button small', onclick: retry }, icon('retry'), 'Try again'),
  )
}
