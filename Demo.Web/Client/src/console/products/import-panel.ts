import { h } from '../../shared/dom'
import { formatCount } from '../../shared/format'
import { confirm } from '../parts/confirm'
import { csvButton, toCsv } from '../parts/csv'
import { DataTable } from '../parts/data-table'
import { problem } from '../parts/states'
import type { Desk } from '../view'

interface BadRow {
  readonly line: number
  readonly reason: string
}

interface Imported {
  readonly products: number
  readonly left_out: number
  readonly rows: readonly BadRow[]
  readonly seconds: number
}

const formats: Readonly<Record<string, string>> = { tsv: 'merchant-tsv', txt: 'merchant-tsv', xml: 'merchant-xml', json: 'acp', jsonl: 'jsonl', ndjson: 'jsonl', csv: 'csv' }
const columns = [
  { title: 'line', isNumber: true, text: (row: BadRow) => String(row.line), width: 6 },
  { title: 'reason', text: (row: BadRow) => row.reason },
]

/** Puts a feed in place of the catalogue, and tells the rows that were left out. */
export function importPanel(desk: Desk): HTMLElement {
  const outcome = h('div', { 'aria-live': 'polite' })
  const file = h('input', { type: 'file', id: 'feed', accept: '.tsv,.txt,.xml,.json,.jsonl,.ndjson,.csv', required: true })
  const format = h('select', { id: 'feed-format', class: 'select' }, h('option', { value: '' }, 'By its ending'), ...[...new Set(Object.values(formats))].map((name) => h('option', { value: name }, name)))
  const currency = h('input', { id: 'feed-currency', placeholder: 'USD', maxlength: 3, autocomplete: 'off' })
  const mapping = h('textarea', { id: 'feed-map', rows: 3, placeholder: 'part_no=id\nname=title', spellcheck: 'false' })
  const button = h('button', { class: 'button primary' }, 'Import')

  async function bring(feed: File): Promise<void> {
    const asked = await confirm({ title: `Import ${feed.name}?`, consequences: ['It takes the place of the whole catalogue, at once, when all of it was read.', 'A feed that breaks off, or of which nothing can be taken, changes nothing.', `${formatCount(feed.size)} bytes are sent.`], action: 'Import', isDangerous: true })
    if (!asked) {
      return
    }

    button.disabled = true
    outcome.replaceChildren(h('p', { class: 'soft' }, 'The feed is read …'))
    try {
      const response = await desk.admin.send(`/admin/products/import?${query(feed.name)}`, { method: 'POST', body: feed })
      outcome.replaceChildren(...drawn((await response.json()) as Imported))
    } catch (failure) {
      outcome.replaceChildren(problem(failure))
    } finally {
      button.disabled = false
    }
  }

  function query(name: string): string {
    const said = format.value === '' ? (formats[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? '') : format.value
    const params = new URLSearchParams(said === '' ? {} : { format: said })
    if (currency.value !== '') {
      params.set('currency', currency.value.trim().toUpperCase())
    }

    mapping.value.split('\n').map((line) => line.trim()).filter((line) => line !== '').forEach((line) => { params.append('map', line) })
    return params.toString()
  }

  return h(
    'section',
    { class: 'section' },
    h('div', { class: 'section-head' }, h('h2', {}, 'Import')),
    h(
      'form',
      { class: 'form', onsubmit: (event: Event) => {
        event.preventDefault()
        const feed = file.files?.[0]
        if (feed !== undefined) {
          void bring(feed)
        }
      } },
      h('label', { class: 'field', for: 'feed' }, 'Feed', file),
      h('label', { class: 'field', for: 'feed-format' }, 'Format', format),
      h('label', { class: 'field', for: 'feed-currency' }, 'Currency of prices without one', currency),
      h('label', { class: 'field', for: 'feed-map' }, 'Columns of a CSV file, COLUMN=FIELD a line', mapping),
      h('div', { class: 'dialog-actions' }, button),
    ),
    outcome,
  )
}

function drawn(imported: Imported): Node[] {
  const table = new DataTable<BadRow>({ caption: 'Rows that were left out', columns, rowsInView: 12, emptyTitle: 'No row was left out' })
  table.rows = imported.rows
  return [
    h('p', { class: 'good-text' }, `${formatCount(imported.products)} products are in the catalogue, read in ${imported.seconds.toFixed(1)} s.`),
    ...(imported.left_out === 0 ? [] : [h('div', { class: 'section-head' }, h('p', { class: 'note is-warning' }, `${formatCount(imported.left_out)} rows were left out${imported.left_out > imported.rows.length ? `; the first ${imported.rows.length}` : ''}:`), csvButton('rows-left-out', () => toCsv(columns, imported.rows)))]),
    table.element,
  ]
}
