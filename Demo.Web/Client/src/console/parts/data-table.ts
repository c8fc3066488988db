import { h } from '../../shared/dom'
import { empty } from './states'
import type { Exported } from './csv'

export interface Column<Row> extends Exported<Row> {
  /** What is shown, where it is more than the text. */
  readonly show?: (row: Row) => Node
  readonly isNumber?: boolean
  /** What rows are sorted by when one clicks the head; without it there is nothing to click. */
  readonly sortBy?: (row: Row) => number | string
  /** In rem. */
  readonly width?: number
}

export interface TableOptions<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly emptyTitle: string
  readonly emptyAdvice?: string
  /** Rows seen at once; more scroll within the table, and only those in view are made. */
  readonly rowsInView?: number
  /** Called when the last row comes near. */
  readonly more?: () => void
}

const rowHeight = 40
const spare = 8
/** Of a column that takes what the others leave, in rem. */
const leastWidth = 8

/** A table of any number of rows, of which only those in view exist as elements. */
export class DataTable<Row> {
  readonly element: HTMLElement
  readonly #frame: HTMLElement
  readonly #body = h('tbody')
  readonly #head = h('tr')
  readonly #table: HTMLTableElement
  readonly #above = h('tr', { 'aria-hidden': 'true', class: 'spacer-row' })
  readonly #below = h('tr', { 'aria-hidden': 'true', class: 'spacer-row' })
  readonly #none = h('div')
  #rows: readonly Row[] = []
  #given: readonly Row[] = []
  #sorted: { column: Column<Row>; isDown: boolean } | undefined
  #shown = ''

  constructor(private readonly options: TableOptions<Row>) {
    this.#table = h('table', { class: 'data' }, h('caption', { class: 'hidden' }, options.caption), h('thead', {}, this.#head), this.#body)
    this.#frame = h('div', { class: 'data-frame', tabindex: 0, role: 'region', 'aria-label': options.caption, onscroll: () => { this.#draw() } }, this.#table)
    this.#table.style.minWidth = `${options.columns.reduce((sum, column) => sum + (column.width ?? leastWidth), 0)}rem`
    if (options.rowsInView !== undefined) {
      this.#frame.style.maxHeight = `${(options.rowsInView + 1) * rowHeight}px`
    }

    this.element = h('div', { class: 'data-table' }, this.#frame, this.#none)
    this.#drawHead()
  }

  get rows(): readonly Row[] {
    return this.#rows
  }

  set rows(rows: readonly Row[]) {
    this.#given = rows
    this.#sort()
  }

  /** Puts rows before all others, of which at most so many are kept. Who has scrolled down keeps seeing the same ones. */
  prepend(rows: readonly Row[], most: number): void {
    const top = this.#frame.scrollTop
    this.rows = [...rows, ...this.#given].slice(0, most)
    if (top > 0) {
      this.#frame.scrollTop = top + rows.length * rowHeight
    }
  }

  #sort(): void {
    const sorted = this.#sorted
    const key = sorted?.column.sortBy
    this.#rows = key === undefined ? this.#given : [...this.#given].sort((one, other) => (sorted?.isDown === true ? -1 : 1) * compare(key(one), key(other)))
    this.#shown = ''
    this.#draw()
  }

  #draw(): void {
    const isEmpty = this.#rows.length === 0
    this.#frame.hidden = isEmpty
    this.#none.replaceChildren(...(isEmpty ? [empty(this.options.emptyTitle, this.options.emptyAdvice)] : []))
    const [first, last] = this.#inView()
    if (last >= this.#rows.length - spare && !isEmpty) {
      this.options.more?.()
    }

    const shown = `${first}-${last}`
    if (shown === this.#shown) {
      return
    }

    this.#shown = shown
    this.#above.style.height = `${first * rowHeight}px`
    this.#below.style.height = `${(this.#rows.length - last) * rowHeight}px`
    this.#table.setAttribute('aria-rowcount', String(this.#rows.length + 1))
    this.#body.replaceChildren(this.#above, ...this.#rows.slice(first, last).map((row, i) => this.#row(row, first + i)), this.#below)
  }

  #inView(): [first: number, last: number] {
    if (this.options.rowsInView === undefined) {
      return [0, this.#rows.length]
    }

    const top = Math.floor(this.#frame.scrollTop / rowHeight)
    return [Math.max(0, Math.min(top, this.#rows.length - this.options.rowsInView) - spare), Math.min(this.#rows.length, top + this.options.rowsInView + spare)]
  }

  #row(row: Row, index: number): HTMLElement {
    const cells = this.options.columns.map((column, i) => {
      const shown = column.show?.(row) ?? column.text(row)
      return h(i === 0 ? 'th' : 'td', { ...(i === 0 ? { scope: 'row' } : {}), class: column.isNumber === true ? 'number' : undefined, title: typeof shown === 'string' && shown.length > 24 ? shown : undefined }, shown)
    })
    return h('tr', { 'aria-rowindex': index + 2 }, ...cells)
  }

  #drawHead(): void {
    this.#head.replaceChildren(...this.options.columns.map((column) => {
      const isSorted = this.#sorted?.column === column
      const cell = h(
        'th',
        { scope: 'col', class: column.isNumber === true ? 'number' : undefined, 'aria-sort': isSorted ? (this.#sorted?.isDown === true ? 'descending' : 'ascending') : undefined },
        column.sortBy === undefined ? column.title : h('button', { type: 'button', class: 'sort', onclick: () => { this.#sortBy(column) } }, column.title),
      )
      if (column.width !== undefined) {
        cell.style.width = `${column.width}rem`
      }

      return cell
    }))
  }

  #sortBy(column: Column<Row>): void {
    this.#sorted = { column, isDown: this.#sorted?.column === column ? !this.#sorted.isDown : column.isNumber === true }
    const index = this.options.columns.indexOf(column)
    this.#drawHead()
    this.#sort()
    this.#head.children[index]?.querySelector('button')?.focus()
  }
}

function compare(one: number | string, other: number | string): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other))
}
