import { h } from '../../shared/dom'
import { linkWith, type Place } from '../place'

const spans: Readonly<Record<string, number>> = { '1h': 3600, '6h': 21_600, '24h': 86_400, '7d': 604_800 }
const usual = '1h'
const minute = 60
const mostMinutes = 1440

/** Which time is looked at: the last so much of it, or from one moment to another. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly step: 'minute' | 'hour'
  /** Whether it goes on to now. */
  readonly isLive: boolean
}

export function rangeOf(place: Place, now = Date.now()): Range {
  const [from, to] = [Number(place.params.get('from')), Number(place.params.get('to'))]
  if (from > 0 && to > from) {
    return { from, to, step: stepOf(from, now), isLive: false }
  }

  const end = Math.ceil(now / 1000 / minute) * minute
  const start = end - (spans[place.params.get('range') ?? usual] ?? 3600)
  return { from: start, to: end, step: stepOf(start, now), isLive: true }
}

/** The part of a question that says which time. */
export function rangeQuery(range: Range): string {
  return `from=${iso(range.from)}&to=${iso(range.to)}&step=${range.step}`
}

export function rangePicker(place: Place): HTMLElement {
  const isZoomed = place.params.has('from')
  const chosen = place.params.get('range') ?? usual
  return h(
    'nav',
    { class: 'range', 'aria-label': 'Range' },
    ...Object.keys(spans).map((name) => h('a', { href: linkWith(place, { range: name, from: undefined, to: undefined }), class: 'chip', 'aria-current': !isZoomed && name === chosen ? 'true' : undefined }, name)),
    isZoomed && h('a', { href: linkWith(place, { from: undefined, to: undefined }), class: 'chip is-zoomed' }, 'Zoom out'),
  )
}

export function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

// The gateway has minutes of the last day, and hours of the last week.
function stepOf(from: number, now: number): 'minute' | 'hour' {
  return now / 1000 - from <= (mostMinutes + 1) * minute ? 'minute' : 'hour'
}
