import { h } from '../../shared/dom'
import { formatCount, formatDuration, formatUsd } from '../../shared/format'
import { badge, type Tone } from '../parts/badge'
import { clockText, momentText } from '../parts/moment'
import type { Column } from '../parts/data-table'
import type { LoggedRequest } from '../api/types'

const tones: Readonly<Record<string, Tone>> = { ok: 'good', cached: 'good', failed: 'danger', refused: 'warn', cancelled: '' }

/** @param open shows everything that is known of a request. */
export function requestColumns(open: (request: LoggedRequest) => void): readonly Column<LoggedRequest>[] {
  return [
    { title: 'time (UTC)', text: (row) => row.time, show: (row) => h('button', { type: 'button', class: 'link', 'aria-label': `Request of ${momentText(row.time)}`, onclick: () => { open(row) } }, clockText(row.time)), width: 8.5 },
    { title: 'status', text: (row) => `${row.status} ${row.http_status}`, show: (row) => badge(`${row.status} ${row.http_status}`, tones[row.status] ?? ''), width: 7.5 },
    { title: 'model', text: (row) => row.alias ?? row.operation },
    { title: 'target', text: (row) => row.target ?? '', width: 11 },
    { title: 'tenant', text: (row) => row.tenant ?? '', width: 6 },
    { title: 'user', text: (row) => row.user ?? '', width: 5.5 },
    { title: 'took', isNumber: true, text: (row) => String(row.duration_ms), show: (row) => document.createTextNode(formatDuration(row.duration_ms)), width: 5 },
    { title: 'tokens', isNumber: true, text: (row) => String(row.tokens.input + row.tokens.output), show: (row) => document.createTextNode(`${formatCount(row.tokens.input)} + ${formatCount(row.tokens.output)}`), width: 7.5 },
    { title: 'cost', isNumber: true, text: (row) => row.cost_usd ?? 'unknown', show: (row) => document.createTextNode(row.cost_usd === null ? 'unknown' : formatUsd(Number(row.cost_usd))), width: 5.5 },
    { title: 'error', text: (row) => row.error ?? '', width: 8 },
  ]
}
