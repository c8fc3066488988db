import { h } from '../../shared/dom'
import { formatCount, formatUsd } from '../../shared/format'
import { DataTable } from '../parts/data-table'
import { linkTo } from '../place'
import { durationText } from './tiles'
import type { Traffic, TrafficSeries } from '../api/types'

/** What the lines of the charts add up to, each with the way to its slowest requests. */
export function seriesTable(by: string, traffic: Traffic): HTMLElement {
  const table = new DataTable<TrafficSeries>({
    caption: `Traffic by ${by}`,
    emptyTitle: 'No requests in this time',
    columns: [
      { title: by, text: (row) => row.name ?? 'none', sortBy: (row) => row.name ?? '' },
      { title: 'requests', isNumber: true, text: (row) => formatCount(row.total.requests), sortBy: (row) => row.total.requests, width: 7 },
      { title: 'failed', isNumber: true, text: (row) => `${((100 * row.total.failed) / Math.max(1, row.total.requests)).toFixed(1)} %`, sortBy: (row) => row.total.failed / Math.max(1, row.total.requests), width: 6 },
      { title: 'p50', isNumber: true, text: (row) => durationText(row.total.p50_ms), sortBy: (row) => row.total.p50_ms ?? 0, width: 6 },
      { title: 'p95', isNumber: true, text: (row) => durationText(row.total.p95_ms), sortBy: (row) => row.total.p95_ms ?? 0, width: 6 },
      { title: 'p99', isNumber: true, text: (row) => durationText(row.total.p99_ms), sortBy: (row) => row.total.p99_ms ?? 0, width: 6 },
      { title: 'cost', isNumber: true, text: (row) => formatUsd(row.total.cost_usd), sortBy: (row) => row.total.cost_usd, width: 7 },
      { title: 'look at', text: () => '', show: (row) => slowest(by, row, traffic), width: 9 },
    ],
  })
  table.rows = traffic.series
  return table.element
}

function slowest(by: string, row: TrafficSeries, traffic: Traffic): Node {
  if (row.name === null || row.name === 'other') {
    return h('span', {})
  }

  const name = row.name
  const period = { from: traffic.from, to: traffic.to, [by]: name }
  return h(
    'span',
    { class: 'links' },
    h('a', { href: linkTo('requests', { ...period, min_ms: row.total.p95_ms === null ? undefined : String(Math.floor(row.total.p95_ms)) }), 'aria-label': `The slowest requests of ${name}` }, 'slowest'),
    h('a', { href: linkTo('requests', { ...period, status: 'failed' }), 'aria-label': `The failed requests of ${name}` }, 'failed'),
  )
}
