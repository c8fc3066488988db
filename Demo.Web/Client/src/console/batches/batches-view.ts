import { h } from '../../shared/dom'
import { formatCount } from '../../shared/format'
import { badge, type Tone } from '../parts/badge'
import { confirm } from '../parts/confirm'
import { csvButton, toCsv } from '../parts/csv'
import { DataTable, type Column } from '../parts/data-table'
import { clockText } from '../parts/moment'
import { Section } from '../parts/section'
import { problem } from '../parts/states'
import { linkWith, readPlace, type Place } from '../place'
import type { Batch, Page } from '../api/types'
import type { Desk, View } from '../view'

const second = 1000
const refreshMs = 5000
const underWay = ['validating', 'in_progress', 'finalizing']
const statuses = { '': 'All', in_progress: 'In progress', completed: 'Completed', failed: 'Failed', cancelled: 'Cancelled' }
const tones: Readonly<Record<string, Tone>> = { completed: 'good', failed: 'danger', expired: 'danger', cancelled: 'warn', cancelling: 'warn' }

/** Batches of all tenants, how far they are, and the way to stop one. */
export class BatchesView implements View {
  readonly element: HTMLElement
  readonly #trouble = h('div')
  readonly #statuses = h('nav', { class: 'range', 'aria-label': 'Status' })
  readonly #table: DataTable<Batch>
  readonly #section: Section<Page<Batch>>
  readonly #timer: ReturnType<typeof setInterval>
  #place: Place = readPlace('')

  constructor(private readonly desk: Desk) {
    const columns: readonly Column<Batch>[] = [
      { title: 'batch', text: (row) => row.id },
      { title: 'tenant', text: (row) => row.tenant, width: 9 },
      { title: 'endpoint', text: (row) => row.endpoint, width: 12 },
      { title: 'status', text: (row) => row.status, show: (row) => badge(row.status.replace('_', ' '), tones[row.status] ?? ''), width: 8 },
      { title: 'progress', isNumber: true, text: (row) => String(row.progress), show: progressBar, width: 14 },
      { title: 'failed', isNumber: true, text: (row) => formatCount(row.request_counts.failed), width: 5 },
      { title: 'made (UTC)', text: (row) => new Date(row.created_at * second).toISOString(), show: (row) => document.createTextNode(clockText(row.created_at * second)), width: 10 },
      { title: 'action', text: () => '', show: (row) => this.#actions(row), width: 6 },
    ]
    this.#table = new DataTable<Batch>({ caption: 'Batches', columns, rowsInView: 16, emptyTitle: 'No batches', emptyAdvice: 'Callers make them with POST /v1/batches.' })
    this.#section = new Section<Page<Batch>>('', (signal) => desk.admin.get(`/admin/batches?limit=100${this.#status === '' ? '' : `&status=${encodeURIComponent(this.#status)}`}`, signal), (page) => {
      this.#table.rows = page.data
      return this.#table.element
    })
    this.element = h('div', { class: 'page' }, h('div', { class: 'page-bar' }, h('h1', {}, 'Batches'), h('span', { class: 'spacer' }), this.#statuses, csvButton('batches', () => toCsv(columns.slice(0, -1), this.#table.rows))), this.#trouble, this.#section.element)
    this.#timer = setInterval(() => {
      if (!document.hidden) {
        void this.#section.load()
      }
    }, refreshMs)
  }

  get #status(): string {
    return this.#place.params.get('status') ?? ''
  }

  show(place: Place): void {
    this.#place = place
    this.#statuses.replaceChildren(...Object.entries(statuses).map(([name, title]) => h('a', { href: linkWith(place, { status: name }), class: 'chip', 'aria-current': name === this.#status ? 'true' : undefined }, title)))
    void this.#section.load()
  }

  leave(): void {
    clearInterval(this.#timer)
    this.#section.leave()
  }

  #actions(batch: Batch): Node {
    return underWay.includes(batch.status) ? h('button', { type: 'button', class: 'button small', 'aria-label': `Cancel ${batch.id}`, onclick: () => void this.#cancel(batch) }, 'Cancel') : h('span', {})
  }

  async #cancel(batch: Batch): Promise<void> {
    const left = batch.request_counts.total - batch.request_counts.completed - batch.request_counts.failed
    if (!(await confirm({ title: `Cancel the batch ${batch.id}?`, consequences: [`It belongs to tenant ${batch.tenant}.`, `No further request of it is begun: ${formatCount(left)} are left and will be in its error file as cancelled.`, 'What was answered stays, and was paid for.'], action: 'Cancel the batch', isDangerous: true }))) {
      return
    }

    this.#trouble.replaceChildren()
    try {
      await this.desk.admin.change('POST', `/admin/batches/${encodeURIComponent(batch.id)}/cancel`)
      await this.#section.load()
    } catch (failure) {
      this.#trouble.replaceChildren(problem(failure))
    }
  }
}

function progressBar(batch: Batch): Node {
  const { total, completed, failed } = batch.request_counts
  return h('span', { class: 'share' }, h('progress', { max: 1, value: batch.progress, 'aria-label': `Progress of ${batch.id}` }), `${formatCount(completed + failed)} / ${formatCount(total)}`)
}
