import { h } from '../../shared/dom'
import { formatCount, formatDuration, formatUsd } from '../../shared/format'
import { Chart } from '../parts/chart'
import { csvButton } from '../parts/csv'
import { iso, rangeOf, rangePicker, rangeQuery, type Range } from '../parts/range'
import { Section } from '../parts/section'
import { empty } from '../parts/states'
import { linkTo, linkWith, readPlace, type Place } from '../place'
import type { Traffic, TrafficSeries } from '../api/types'
import type { Desk, View } from '../view'
import { alertsPanel } from './alerts-panel'
import { budgetsPanel } from './budgets-panel'
import { moneyPanel } from './money-panel'
import { seriesTable } from './series-table'
import { tiles } from './tiles'

const refreshMs = 10_000
const groups = { '': 'All', alias: 'Model', target: 'Target', tenant: 'Tenant' }

/** Traffic, latency, errors and cost over time, and what needs somebody's attention. */
export class OverviewView implements View {
  readonly element: HTMLElement
  readonly #bar = h('div', { class: 'page-bar' })
  readonly #charts = new Map<string, Chart>()
  readonly #traffic: Section<Traffic>
  readonly #others: readonly Section<unknown>[]
  readonly #forget: () => void
  readonly #timer: ReturnType<typeof setInterval>
  #place: Place = readPlace('')
  #range: Range | undefined

  constructor(private readonly desk: Desk) {
    this.#traffic = new Section<Traffic>('', (signal) => this.#read(signal), (traffic) => this.#draw(traffic))
    this.#others = [alertsPanel(desk), moneyPanel(desk), budgetsPanel(desk)]
    this.element = h('div', { class: 'page' }, this.#bar, this.#traffic.element, h('div', { class: 'panels' }, ...this.#others.map((section) => section.element)))
    this.#forget = desk.live.on(['alert'], () => void this.#others[0]?.load())
    this.#timer = setInterval(() => {
      if (this.#range?.isLive === true && !document.hidden) {
        void this.#traffic.load()
      }
    }, refreshMs)
  }

  show(place: Place): void {
    const isFirst = this.#range === undefined
    this.#place = place
    this.#range = rangeOf(place)
    const by = place.params.get('by') ?? ''
    this.#bar.replaceChildren(
      h('h1', {}, 'Overview'),
      h('span', { class: 'spacer' }),
      h('nav', { class: 'range', 'aria-label': 'Group by' }, ...Object.entries(groups).map(([name, title]) => h('a', { href: linkWith(place, { by: name }), class: 'chip', 'aria-current': name === by ? 'true' : undefined }, title))),
      rangePicker(place),
      csvButton('traffic', async () => await (await this.desk.admin.send(`/admin/traffic?${this.#query()}&format=csv`)).text()),
    )
    void this.#traffic.load()
    if (isFirst) {
      this.#others.forEach((section) => void section.load())
    }
  }

  leave(): void {
    this.#forget()
    clearInterval(this.#timer)
    this.#traffic.leave()
    this.#others.forEach((section) => { section.leave() })
    this.#charts.forEach((chart) => { chart.leave() })
  }

  #query(): string {
    const by = this.#place.params.get('by')
    return `${rangeQuery(rangeOf(this.#place))}${by === null ? '' : `&by=${encodeURIComponent(by)}`}`
  }

  #read(signal: AbortSignal): Promise<Traffic> {
    return this.desk.admin.get<Traffic>(`/admin/traffic?${this.#query()}`, signal)
  }

  #draw(traffic: Traffic): Node[] {
    const by = this.#place.params.get('by')
    const series = traffic.series
    if (series.every((one) => one.total.requests === 0)) {
      return [empty('No requests in this time', 'Choose a longer range above, or ask the first question in the playground.')]
    }

    const lines = (of: (one: TrafficSeries) => TrafficSeries['requests']) => series.slice(0, 6).map((one) => ({ name: one.name ?? 'none', points: of(one) }))
    const [only] = series
    const isOne = by === null && only !== undefined
    this.#chart('Requests', formatCount, traffic, isOne ? [{ name: 'requests', points: only.requests }, { name: 'failed', points: only.failed }] : lines((one) => one.requests))
    this.#chart(isOne ? 'Latency' : 'Latency, p99', formatDuration, traffic, isOne ? [{ name: 'p50', points: only.p50_ms }, { name: 'p95', points: only.p95_ms }, { name: 'p99', points: only.p99_ms }] : lines((one) => one.p99_ms))
    this.#chart(isOne ? 'Not answered' : 'Failed', formatCount, traffic, isOne ? errorLines(only) : lines((one) => one.failed))
    this.#chart('Cost', formatUsd, traffic, isOne ? [{ name: 'US dollars', points: only.cost_usd }] : lines((one) => one.cost_usd))
    const shown = ['Requests', isOne ? 'Latency' : 'Latency, p99', isOne ? 'Not answered' : 'Failed', 'Cost'].flatMap((title) => this.#charts.get(title)?.element ?? [])
    return [
      ...(traffic.restored ? [] : [h('p', { class: 'banner' }, 'The cost worker has just started and reads its ledger: figures are too low for a moment.')]),
      ...(isOne ? [tiles(only.total, this.#place)] : []),
      h('div', { class: 'charts' }, ...shown),
      ...(by === null ? [] : [seriesTable(by, traffic)]),
      h('p', { class: 'hint' }, 'Drag across a chart to zoom. Times are UTC. ', h('a', { href: linkTo('requests', { from: iso(rangeOf(this.#place).from), to: iso(rangeOf(this.#place).to) }) }, 'The requests of this time')),
    ]
  }

  #chart(title: string, format: (value: number) => string, traffic: Traffic, lines: Parameters<Chart['show']>[1]): void {
    const chart = this.#charts.get(title) ?? new Chart({ title, format, zoomed: (from, to) => { this.desk.adjust({ from: String(from), to: String(to) }) } })
    this.#charts.set(title, chart)
    chart.show(traffic.times, lines)
  }
}

function errorLines(series: TrafficSeries): Parameters<Chart['show']>[1] {
  const kinds = Object.entries(series.errors)
  return kinds.length === 0 ? [{ name: 'failed', points: series.failed }] : kinds.map(([name, points]) => ({ name: name.replaceAll('_', ' '), points }))
}
