import { announce } from '../../shared/announce'
import { h } from '../../shared/dom'
import { formatCount } from '../../shared/format'
import { badge, type Tone } from '../parts/badge'
import { csvButton, toCsv } from '../parts/csv'
import { DataTable, type Column } from '../parts/data-table'
import { clockText } from '../parts/moment'
import { filterChip } from '../parts/filter-chip'
import { Section } from '../parts/section'
import { linkTo, readPlace, type Place } from '../place'
import type { ApiKey, Page } from '../api/types'
import type { Desk } from '../view'
import { KeyDialog } from './key-dialog'
import { limitsText } from './limits-text'

type KeyPage = Page<ApiKey> & { readonly total?: number }

const pageSize = 200
const restMs = 200
const rowsInView = 16
const tones: Readonly<Record<ApiKey['status'], Tone>> = { active: 'good', disabled: 'warn', expired: '', revoked: 'danger' }

const columns: readonly Column<ApiKey>[] = [
  { title: 'name', text: (key) => key.name, show: (key) => h('a', { href: linkTo('keys', {}, key.id), title: key.name }, key.name) },
  { title: 'tenant', text: (key) => key.tenant, width: 8 },
  { title: 'user', text: (key) => key.user ?? '', width: 6.5 },
  { title: 'tier', text: (key) => key.tier ?? '', width: 5 },
  { title: 'status', text: (key) => key.status, show: (key) => statusBadge(key), width: 6.5 },
  { title: 'limits', text: limitsText, width: 13 },
  { title: 'key', text: (key) => `${key.prefix}…`, width: 7.5 },
  { title: 'made (UTC)', text: (key) => key.created_at, show: (key) => document.createTextNode(clockText(key.created_at)), width: 8.5 },
]

/** Keys by name, tenant, user or the beginning of their id; more of them as one scrolls. */
export class KeyList {
  readonly element: HTMLElement
  readonly #query = h('input', { type: 'search', id: 'key-query', placeholder: 'Name, tenant, user, or how the key begins', autocomplete: 'off', spellcheck: 'false', oninput: () => { this.#typed() } })
  readonly #status = h('select', { class: 'select', id: 'key-status', onchange: () => { this.desk.adjust({ status: this.#status.value }) } }, h('option', { value: '' }, 'Any status'), ...Object.keys(tones).map((status) => h('option', { value: status }, status)))
  readonly #tenant = h('span')
  readonly #count = h('span', { class: 'soft', id: 'key-count' })
  readonly #table: DataTable<ApiKey>
  readonly #section: Section<KeyPage>
  readonly #forget: () => void
  #place: Place = readPlace('')
  #resting: ReturnType<typeof setTimeout> | undefined
  #keys: readonly ApiKey[] = []
  #after: string | undefined
  #isReadingMore = false

  constructor(private readonly desk: Desk) {
    this.#table = new DataTable<ApiKey>({ caption: 'API keys', columns, rowsInView, emptyTitle: 'No key is like that', emptyAdvice: 'Change what you search for, or make a key.', more: () => void this.#more() })
    this.#section = new Section<KeyPage>('', (signal) => desk.admin.get(this.#path(), signal), (page) => this.#draw(page))
    this.element = h(
      'div',
      { class: 'page' },
      h('div', { class: 'page-bar' }, h('h1', {}, 'Keys'), this.#count, h('span', { class: 'spacer' }), csvButton('keys', () => this.#csv()),
        h('button', { type: 'button', class: 'button primary', onclick: () => { this.#create() } }, 'New key')),
      h('div', { class: 'filters' }, h('label', { class: 'hidden', for: 'key-query' }, 'Search keys'), this.#query, h('label', { class: 'hidden', for: 'key-status' }, 'Status'), this.#status, this.#tenant),
      this.#section.element,
    )
    this.#forget = desk.live.on(['key'], () => void this.#section.load())
  }

  show(place: Place): void {
    const isFirst = this.#place.page === ''
    this.#place = place
    if (document.activeElement !== this.#query) {
      this.#query.value = place.params.get('query') ?? ''
    }

    this.#status.value = place.params.get('status') ?? ''
    const tenant = place.params.get('tenant')
    this.#tenant.replaceChildren(...(tenant === null ? [] : [filterChip(place, 'tenant', tenant)]))
    if (isFirst) {
      this.#query.focus()
    }

    void this.#section.load()
  }

  leave(): void {
    clearTimeout(this.#resting)
    this.#forget()
    this.#section.leave()
  }

  #typed(): void {
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => { this.desk.adjust({ query: this.#query.value.trim() }) }, restMs)
  }

  #path(after?: string): string {
    const query = new URLSearchParams({ limit: String(pageSize), order: 'desc' })
    for (const name of ['query', 'status', 'tenant']) {
      const value = this.#place.params.get(name)
      if (value !== null && value !== '') {
        query.set(name, value)
      }
    }

    if (after !== undefined) {
      query.set('after', after)
    }

    return `/admin/keys?${query.toString()}`
  }

  #draw(page: KeyPage): Node {
    this.#keys = []
    this.#add(page)
    const found = page.total ?? page.data.length
    this.#count.textContent = `${formatCount(found)}${page.total === undefined && page.has_more ? ' and more' : ''}`
    announce(`${found} keys`)
    return this.#table.element
  }

  #add(page: KeyPage): void {
    this.#keys = [...this.#keys, ...page.data]
    this.#after = page.has_more ? (page.last_id ?? undefined) : undefined
    this.#table.rows = this.#keys
  }

  async #more(): Promise<void> {
    const after = this.#after
    if (after === undefined || this.#isReadingMore) {
      return
    }

    this.#isReadingMore = true
    try {
      const page = await this.desk.admin.get<KeyPage>(this.#path(after))
      if (this.#after === after) {
        this.#add(page)
      }
    } catch {
      // What is there stays; scrolling on asks again.
    } finally {
      this.#isReadingMore = false
    }
  }

  async #csv(): Promise<string> {
    const all: ApiKey[] = []
    for (let after: string | undefined = '', page: KeyPage; after !== undefined; after = page.has_more ? (page.last_id ?? undefined) : undefined) {
      page = await this.desk.admin.get<KeyPage>(this.#path(after === '' ? undefined : after))
      all.push(...page.data)
    }

    return toCsv([{ title: 'id', text: (key: ApiKey) => key.id }, ...columns], all)
  }

  #create(): void {
    new KeyDialog(this.desk, undefined, () => void this.#section.load()).open()
  }
}

export function statusBadge(key: ApiKey): HTMLElement {
  return badge(key.status, tones[key.status])
}
