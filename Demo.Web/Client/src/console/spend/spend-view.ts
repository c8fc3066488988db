import { h } from '../../shared/dom'
import { formatCount, formatUsd } from '../../shared/format'
import { csvButton, toCsv } from '../parts/csv'
import { DataTable, type Column } from '../parts/data-table'
import { dayText } from '../parts/moment'
import { Section } from '../parts/section'
import { linkTo, linkWith, readPlace, type Place } from '../place'
import type { ApiKey, UsageReport, UsageRow } from '../api/types'
import type { Desk, View } from '../view'

const groups = ['tenant', 'key', 'user', 'alias', 'model', 'provider', 'variant', 'batch', 'status', 'day']
const usualGroup = 'tenant'
const periods = { today: 'Today', week: '7 days', month: 'This month', before: 'Last month' }
const usualPeriod = 'month'
const dayMs = 86_400_000
const mostNamed = 20

/** Who spent how much, the most first. */
export class SpendView implements View {
  readonly element: HTMLElement
  readonly #bar = h('div', { class: 'page-bar' })
  readonly #section: Section<UsageReport>
  #place: Place = readPlace('')
  #report: UsageReport | undefined
  readonly #names = new Map<string, string>()

  constructor(private readonly desk: Desk) {
    this.#section = new Section<UsageReport>('', (signal) => desk.admin.get(`/admin/usage?${this.#query()}`, signal), (report) => this.#draw(report))
    this.element = h('div', { class: 'page' }, this.#bar, this.#section.element)
  }

  get #by(): string {
    return this.#place.params.get('by') ?? usualGroup
  }

  show(place: Place): void {
    this.#place = place
    const period = place.params.get('period') ?? usualPeriod
    this.#bar.replaceChildren(
      h('h1', {}, 'Spend'),
      h('span', { class: 'spacer' }),
      h('nav', { class: 'range', 'aria-label': 'Group by' }, ...groups.map((by) => h('a', { href: linkWith(place, { by }), class: 'chip', 'aria-current': by === this.#by ? 'true' : undefined }, by))),
      h('nav', { class: 'range', 'aria-label': 'Period' }, ...Object.entries(periods).map(([name, title]) => h('a', { href: linkWith(place, { period: name }), class: 'chip', 'aria-current': name === period ? 'true' : undefined }, title))),
      csvButton(`spend-by-${this.#by}`, () => toCsv(columnsOf(this.#by, 1, this.#names), this.#report?.data ?? [])),
    )
    void this.#section.load()
  }

  leave(): void {
    this.#section.leave()
  }

  #query(): string {
    const [from, to] = periodOf(this.#place.params.get('period') ?? usualPeriod, new Date())
    return `from=${dayText(from)}&to=${dayText(to)}&by=${encodeURIComponent(this.#by)}`
  }

  /** Puts names to the keys that spent most: the ledger knows their ids only. */
  async #name(rows: readonly UsageRow[], table: DataTable<UsageRow>): Promise<void> {
    const ids = rows.slice(0, mostNamed).flatMap((row) => (typeof row.key === 'string' && row.key.startsWith('key_') ? [row.key] : []))
    await Promise.all(ids.map(async (id) => {
      const key = await this.desk.admin.get<ApiKey>(`/admin/keys/${encodeURIComponent(id)}`).catch(() => undefined)
      if (key !== undefined) {
        this.#names.set(id, key.name)
      }
    }))
    table.rows = rows
  }

  #draw(report: UsageReport): Node[] {
    this.#report = report
    const rows = report.data.toSorted((one, other) => costOf(other) - costOf(one))
    const table = new DataTable<UsageRow>({
      caption: `Spend by ${this.#by}`,
      columns: columnsOf(this.#by, Math.max(...rows.map(costOf), 1e-9), this.#names),
      rowsInView: 16,
      emptyTitle: 'Nothing was used in this time',
      emptyAdvice: 'Choose a longer period above.',
    })
    table.rows = rows
    if (this.#by === 'key') {
      void this.#name(rows, table)
    }

    return [
      h('p', { class: 'lead' }, h('b', {}, formatUsd(Number(report.total.cost_usd ?? 0))), ` for ${formatCount(report.total.requests)} ${report.total.requests === 1 ? 'request' : 'requests'} from ${report.from.slice(0, 10)} on`,
        report.total.unknown_cost_requests > 0 && `, and ${formatCount(report.total.unknown_cost_requests)} requests of unknown cost`),
      table.element,
    ]
  }
}

function columnsOf(by: string, most: number, names: ReadonlyMap<string, string>): Column<UsageRow>[] {
  return [
    { title: by, text: (row) => nameOf(by, row), show: (row) => named(by, row, names), sortBy: (row) => nameOf(by, row) },
    { title: 'cost USD', isNumber: true, text: (row) => row.cost_usd ?? 'unknown', show: (row) => document.createTextNode(row.cost_usd === null ? 'unknown' : formatUsd(Number(row.cost_usd))), sortBy: costOf, width: 8 },
    { title: 'share', text: () => '', show: (row) => h('meter', { class: 'plain', min: 0, max: 1, value: costOf(row) / most, 'aria-hidden': 'true' }), width: 10 },
    { title: 'requests', isNumber: true, text: (row) => String(row.requests), sortBy: (row) => row.requests, width: 7 },
    { title: 'input', isNumber: true, text: (row) => String(row.input_tokens), show: (row) => document.createTextNode(formatCount(row.input_tokens)), sortBy: (row) => row.input_tokens, width: 8 },
    { title: 'output', isNumber: true, text: (row) => String(row.output_tokens), show: (row) => document.createTextNode(formatCount(row.output_tokens)), sortBy: (row) => row.output_tokens, width: 8 },
    { title: 'cache hits', isNumber: true, text: (row) => String(row.cache_hits), sortBy: (row) => row.cache_hits, width: 8 },
  ]
}

function named(by: string, row: UsageRow, names: ReadonlyMap<string, string>): Node {
  const name = nameOf(by, row)
  const isKey = by === 'key' && name.startsWith('key_')
  const isListed = ['tenant', 'user', 'alias', 'model', 'provider', 'variant'].includes(by) && row[by] !== null
  return isKey ? h('a', { href: linkTo('keys', {}, name), title: name }, names.get(name) ?? name) : isListed ? h('a', { href: linkTo('requests', { [by]: name }), title: name }, name) : document.createTextNode(name)
}

function nameOf(by: string, row: UsageRow): string {
  const name = row[by]
  return name === null || name === undefined ? 'none' : String(name)
}

function costOf(row: UsageRow): number {
  return Number(row.cost_usd ?? 0)
}

function periodOf(name: string, now: Date): [from: Date, to: Date] {
  const firstOf = (months: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1))
  switch (name) {
    case 'today':
      return [now, now]
    case 'week':
      return [new Date(now.getTime() - 6 * dayMs), now]
    case 'before':
      return [firstOf(-1), new Date(firstOf(0).getTime() - dayMs)]
    default:
      return [firstOf(0), now]
  }
}
