import { h } from '../../shared/dom'
import { formatPrice } from '../../shared/format'
import { csvButton, toCsv } from '../parts/csv'
import { DataTable, type Column } from '../parts/data-table'
import { loading, problem } from '../parts/states'
import type { ApiKey } from '../api/types'
import type { Desk } from '../view'
import { searchProducts, type FoundProduct } from './product-search'

const shown = 20
const keyMinutes = 15
const minuteMs = 60_000
const cents = 100

const columns: readonly Column<FoundProduct>[] = [
  { title: 'product', text: (row) => row.title },
  { title: 'id', text: (row) => row.id, width: 12 },
  { title: 'brand', text: (row) => row.brand ?? '', width: 10 },
  { title: 'price', isNumber: true, text: priceText, width: 9 },
  { title: 'available', text: (row) => (row.variants?.some((variant) => variant.availability?.available === true) === true ? 'yes' : 'no'), width: 7 },
]

/** Searches the catalogue as an agent does. That takes an API key, which stays in this panel. */
export function searchPanel(desk: Desk): { readonly element: HTMLElement; readonly ask: (query: string) => void } {
  const key = h('input', { type: 'password', id: 'product-key', autocomplete: 'off', spellcheck: 'false', placeholder: 'sk-gw-…', 'aria-describedby': 'product-key-hint' })
  const query = h('input', { type: 'search', id: 'product-query', placeholder: 'wireless keyboard', required: true })
  const outcome = h('div', { 'aria-live': 'polite' })
  const table = new DataTable<FoundProduct>({ caption: 'Products found', columns, emptyTitle: 'Nothing was found' })

  async function search(): Promise<void> {
    if (key.value === '') {
      outcome.replaceChildren(h('p', { class: 'note is-warning' }, 'A search takes an API key: give one of your own, or have one made.'))
      return
    }

    outcome.replaceChildren(loading())
    try {
      const answer = await searchProducts(key.value.trim(), query.value, shown)
      table.rows = answer.products
      outcome.replaceChildren(table.element, h('details', { open: true }, h('summary', {}, 'What the agent reads'), h('pre', { tabindex: 0 }, answer.text)))
    } catch (failure) {
      outcome.replaceChildren(problem(failure))
    }
  }

  async function makeKey(): Promise<void> {
    try {
      const made = await desk.admin.change<ApiKey>('POST', '/admin/keys', { name: 'console: product search', tenant: 'console', expires_at: new Date(Date.now() + keyMinutes * minuteMs).toISOString() })
      key.value = made.key ?? ''
      outcome.replaceChildren(h('p', { class: 'good-text' }, `A key of tenant console is made; it expires in ${keyMinutes} minutes.`))
    } catch (failure) {
      outcome.replaceChildren(problem(failure))
    }
  }

  const element = h(
    'section',
    { class: 'section' },
    h('div', { class: 'section-head' }, h('h2', {}, 'Search as an agent'), csvButton('products', () => toCsv(columns, table.rows))),
    h(
      'form',
      { class: 'form', onsubmit: (event: Event) => {
        event.preventDefault()
        desk.adjust({ query: query.value })
        void search()
      } },
      h('label', { class: 'field', for: 'product-query' }, 'Words', query),
      h('div', {}, h('label', { class: 'field', for: 'product-key' }, 'API key', key), h('p', { class: 'hint', id: 'product-key-hint' }, 'The product server takes API keys, not the admin key. Kept in this tab’s memory only.')),
      h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', onclick: () => void makeKey() }, `Make a key for ${keyMinutes} minutes`), h('button', { class: 'button primary' }, 'Search')),
    ),
    outcome,
  )
  return { element, ask: (words) => { query.value = words } }
}

function priceText(product: FoundProduct): string {
  const price = product.variants?.[0]?.price
  return price === undefined ? '' : formatPrice(price.amount / unitsOf(price.currency), price.currency)
}

// Amounts are in the currency's smallest unit, of which there may be none.
function unitsOf(currency: string): number {
  try {
    return 10 ** (new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
  } catch {
    return cents
  }
}
