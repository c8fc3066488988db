import { h } from '../../shared/dom'
import { LiveStream } from '../live-events'
import { csvButton } from '../parts/csv'
import { DataTable } from '../parts/data-table'
import { filterChip } from '../parts/filter-chip'
import { Section } from '../parts/section'
import { iso } from '../parts/range'
import { linkWith, readPlace, type Place } from '../place'
import { requestColumns } from './request-columns'
import { showRequest } from './request-dialog'
import type { LoggedRequest, Page } from '../api/types'
import type { Desk, View } from '../view'

const exact = ['tenant', 'user', 'key', 'alias', 'target', 'provider', 'model', 'variant', 'error', 'request_id', 'trace_id', 'operation', 'cache', 'http_status', 'batch', 'streamed']
const statuses = { '': 'All', 'ok,cached': 'Answered', failed: 'Failed', refused: 'Refused', cancelled: 'Cancelled' }
const pageSize = 200
const mostLive = 5000
const restMs = 250
const rowsInView = 18
const dayMs = 86_400_000
const spansMs: Readonly<Record<string, number>> = { '1h': 3_600_000, '6h': 21_600_000, '24h': dayMs, '7d': 7 * dayMs }

/** The request log, the newest first, growing as requests end. */
export class RequestsView implements View {
  readonly element: HTMLElement
  readonly #text = h('input', { type: 'search', id: 'request-text', placeholder: 'Any name, id or error', autocomplete: 'off', spellcheck: 'false', oninput: () => { this.#typed() } })
  readonly #slower = h('input', { type: 'number', id: 'request-slower', min: 0, step: 100, placeholder: 'Took at least (ms)', oninput: () => { this.#typed() } })
  readonly #statuses = h('nav', { class: 'range', 'aria-label': 'Status' })
  readonly #chips = h('div', { class: 'chips' })
  readonly #pause = h('button', { type: 'button', class: 'button small', onclick: () => { this.desk.adjust({ live: this.#isPaused ? undefined : 'off' }) } })
  readonly #table: DataTable<LoggedRequest>
  readonly #section: Section<Page<LoggedRequest>>
  #stream: LiveStream | undefined
  #place: Place = readPlace('')
  #resting: ReturnType<typeof setTimeout> | undefined
  #after: string | undefined
  #isReadingMore = false
  #waiting: LoggedRequest[] = []
  /** The one before which what waits is taken into the table; 0 where nothing waits. */
  #frame = 0

  constructor(private readonly desk: Desk) {
    this.#table = new DataTable<LoggedRequest>({ caption: 'Requests', columns: requestColumns(showRequest), rowsInView, emptyTitle: 'No request is like that', emptyAdvice: 'Take a filter away, or wait: new ones appear by themselves.', more: () => void this.#more() })
    this.#section = new Section<Page<LoggedRequest>>('', (signal) => desk.admin.get(`/admin/requests?${this.#query()}`, signal), (page) => this.#draw(page))
    this.element = h(
      'div',
      { class: 'page' },
      h('div', { class: 'page-bar' }, h('h1', {}, 'Requests'), h('span', { class: 'spacer' }), this.#pause, csvButton('requests', async () => await (await desk.admin.send(`/admin/requests?${this.#query('500')}&format=csv`)).text())),
      h('div', { class: 'filters' }, h('label', { class: 'hidden', for: 'request-text' }, 'Search requests'), this.#text, h('label', { class: 'hidden', for: 'request-slower' }, 'Took at least, in milliseconds'), this.#slower, this.#statuses),
      this.#chips,
      this.#section.element,
    )
  }

  get #isPaused(): boolean {
    return this.#place.params.get('live') === 'off' || this.#place.params.has('to')
  }

  show(place: Place): void {
    this.#place = place
    this.#keepTyped(this.#text, 'text')
    this.#keepTyped(this.#slower, 'min_ms')
    const status = place.params.get('status') ?? ''
    this.#statuses.replaceChildren(...Object.entries(statuses).map(([name, title]) => h('a', { href: linkWith(place, { status: name }), class: 'chip', 'aria-current': name === status ? 'true' : undefined }, title)))
    this.#chips.replaceChildren(...[...exact, 'from', 'to'].flatMap((name) => {
      const value = place.params.get(name)
      return value === null ? [] : [filterChip(place, name, value)]
    }))
    this.#pause.hidden = place.params.has('to')
    this.#pause.textContent = this.#isPaused ? 'Go on live' : 'Pause'
    this.#stream?.stop()
    this.#waiting = []
    void this.#section.load()
  }

  leave(): void {
    clearTimeout(this.#resting)
    cancelAnimationFrame(this.#frame)
    this.#stream?.stop()
    this.#section.leave()
  }

  #keepTyped(input: HTMLInputElement, name: string): void {
    if (document.activeElement !== input) {
      input.value = this.#place.params.get(name) ?? ''
    }
  }

  #typed(): void {
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => { this.desk.adjust({ text: this.#text.value.trim(), min_ms: this.#slower.value }) }, restMs)
  }

  #filters(): URLSearchParams {
    const names = [...exact, 'status', 'text', 'min_ms']
    return new URLSearchParams([...this.#place.params].filter(([name, value]) => names.includes(name) && value !== ''))
  }

  #query(limit = String(pageSize), after?: string): string {
    const query = this.#filters()
    const [from, to, range] = ['from', 'to', 'range'].map((name) => this.#place.params.get(name))
    const start = from ?? (range === null || range === undefined ? undefined : new Date(Date.now() - (spansMs[range] ?? dayMs)).toISOString())
    const end = to ?? undefined
    for (const [name, value] of Object.entries({ from: start, to: end })) {
      if (value !== undefined) {
        query.set(name, /^\d+$/.test(value) ? iso(Number(value)) : value)
      }
    }

    query.set('limit', limit)
    if (after !== undefined) {
      query.set('after', after)
    }

    return query.toString()
  }

  #draw(page: Page<LoggedRequest>): Node {
    this.#table.rows = page.data
    this.#after = page.has_more ? (page.last_id ?? undefined) : undefined
    this.#stream?.stop()
    if (!this.#isPaused) {
      this.#stream = new LiveStream(this.desk.admin, `/admin/requests/stream?${this.#filters().toString()}`, (name, data) => { this.#told(name, data) })
      this.#stream.start()
    }

    return this.#table.element
  }

  #told(name: string, data: unknown): void {
    if (name === 'request') {
      this.#waiting.push(data as LoggedRequest)
      if (this.#frame === 0) {
        this.#frame = requestAnimationFrame(() => { this.#take() })
      }
    } else if (name === 'reset' || name === 'missed') {
      void this.#section.load()
    }
  }

  // However many end in a moment, the table is drawn once for it.
  #take(): void {
    this.#frame = 0
    const known = new Set(this.#table.rows.slice(0, pageSize).map((row) => row.id))
    const fresh = this.#waiting.filter((request) => !known.has(request.id)).reverse()
    this.#waiting = []
    if (fresh.length > 0) {
      this.#table.prepend(fresh, Math.max(mostLive, this.#table.rows.length))
    }
  }

  async #more(): Promise<void> {
    const after = this.#after
    if (after === undefined || this.#isReadingMore) {
      return
    }

    this.#isReadingMore = true
    try {
      const page = await this.desk.admin.get<Page<LoggedRequest>>(`/admin/requests?${this.#query(undefined, after)}`)
      if (this.#after === after) {
        this.#after = page.has_more ? (page.last_id ?? undefined) : undefined
        this.#table.rows = [...this.#table.rows, ...page.data]
      }
    } catch {
      // What is there stays; scrolling on asks again.
    } finally {
      this.#isReadingMore = false
    }
  }
}
