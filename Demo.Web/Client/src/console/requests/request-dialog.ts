import { copyButton } from '../../shared/clipboard'
import { h } from '../../shared/dom'
import { formatDuration } from '../../shared/format'
import { linkTo } from '../place'
import { traceLink } from './trace-link'
import type { LoggedRequest } from '../api/types'

/** Everything the gateway keeps of a request; prompts and answers are not among it. */
export function showRequest(request: LoggedRequest): void {
  const close = () => { dialog.close() }
  const listed = (name: string, value: string | null) => (value === null ? null : h('a', { href: linkTo('requests', { [name]: value }), onclick: close }, value))
  const facts: readonly (readonly [string, Node | string | null])[] = [
    ['Time', request.time],
    ['Request', request.request_id],
    ['Trace', traceLink(request.trace_id)],
    ['Operation', `${request.operation}${request.streamed ? ', streamed' : ''}${request.batch ? ', of a batch' : ''}`],
    ['Status', `${request.status}, HTTP ${request.http_status}`],
    ['Error', request.error],
    ['Model', listed('alias', request.alias)],
    ['Target', listed('target', request.target)],
    ['Attempts', String(request.attempts)],
    ['Variant', listed('variant', request.variant)],
    ['Tenant', listed('tenant', request.tenant)],
    ['User', listed('user', request.user)],
    ['Key', request.key === null ? null : h('a', { href: linkTo('keys', {}, request.key), onclick: close }, request.key)],
    ['Took', formatDuration(request.duration_ms)],
    ['First token', request.first_token_ms === null ? null : formatDuration(request.first_token_ms)],
    ['Tokens', `${request.tokens.input} in (${request.tokens.cached_input} cached), ${request.tokens.output} out`],
    ['Cost', request.cost_usd === null ? 'unknown' : `$${request.cost_usd}`],
    ['Cache', request.cache],
  ]
  const dialog = h(
    'dialog',
    { class: 'wide', 'aria-labelledby': 'request-title', onclose: () => { dialog.remove() } },
    h('div', { class: 'aside-head' }, h('h2', { id: 'request-title' }, 'Request'), h('button', { type: 'button', class: 'button quiet small', autofocus: true, onclick: close }, 'Close')),
    h('dl', { class: 'facts' }, ...facts.flatMap(([title, value]) => (value === null ? [] : [h('dt', {}, title), h('dd', {}, value)]))),
    h('div', { class: 'dialog-actions' }, copyButton(() => JSON.stringify(request, null, 2), 'Copy as JSON')),
  )
  document.body.append(dialog)
  dialog.showModal()
}
