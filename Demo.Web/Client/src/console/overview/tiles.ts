import { h } from '../../shared/dom'
import { formatCount, formatDuration, formatUsd } from '../../shared/format'
import { linkTo, type Place } from '../place'
import type { TrafficSums } from '../api/types'

/** The time's figures in large. */
export function tiles(total: TrafficSums, place: Place): HTMLElement {
  const failedPart = total.requests === 0 ? 0 : total.failed / total.requests
  const range = { from: place.params.get('from') ?? undefined, to: place.params.get('to') ?? undefined, range: place.params.get('range') ?? undefined }
  return h(
    'dl',
    { class: 'tiles' },
    tile('Requests', formatCount(total.requests)),
    tile('Failed', `${(100 * failedPart).toFixed(failedPart > 0 && failedPart < 0.01 ? 2 : 1)} %`, total.failed > 0 ? linkTo('requests', { ...range, status: 'failed' }) : undefined, failedPart >= 0.05),
    tile('p50', durationText(total.p50_ms)),
    tile('p95', durationText(total.p95_ms)),
    tile('p99', durationText(total.p99_ms), total.p99_ms === null ? undefined : linkTo('requests', { ...range, min_ms: String(Math.floor(total.p99_ms * 0.95)) })),
    tile('First token, p95', durationText(total.first_token_p95_ms)),
    tile('Tokens', formatCount(total.input_tokens + total.output_tokens)),
    tile('Cost', formatUsd(total.cost_usd)),
  )
}

export function durationText(ms: number | null): string {
  return ms === null ? '–' : formatDuration(ms)
}

function tile(title: string, value: string, link?: string, isBad = false): HTMLElement {
  return h('div', { class: `tile ${isBad ? 'is-bad' : ''}` }, h('dt', {}, title), h('dd', {}, link === undefined ? value : h('a', { href: link }, value)))
}
