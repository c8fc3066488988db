import { h } from '../../shared/dom'
import { formatCount, formatDuration, formatUsd } from '../../shared/format'
import { badge } from '../parts/badge'
import { csvButton, toCsv } from '../parts/csv'
import { DataTable, type Column } from '../parts/data-table'
import { Section } from '../parts/section'
import { empty } from '../parts/states'
import { linkTo } from '../place'
import type { Experiment, Figure, Page, Variant } from '../api/types'
import type { Desk, View } from '../view'
import { figureCell } from './figure-cell'

const columns: readonly Column<Variant>[] = [
  { title: 'variant', text: (row) => row.name, show: (row) => h('span', {}, h('a', { href: linkTo('requests', { variant: row.variant }) }, row.name), ' ', row.is_control && badge('control')) },
  { title: 'weight', isNumber: true, text: (row) => String(row.weight), width: 5 },
  { title: 'requests', isNumber: true, text: (row) => formatCount(row.requests), width: 6 },
  figureColumn('errors', (row) => row.error_rate, (value) => `${(100 * value).toFixed(2)} %`, true),
  figureColumn('latency', (row) => row.latency_ms, formatDuration, true),
  figureColumn('cost of a request', (row) => row.cost_usd, formatUsd, true),
  figureColumn('feedback', (row) => row.feedback, (value) => value.toFixed(2), false),
]

/** What came of each experiment's variants, and whether they differ. */
export class ExperimentsView implements View {
  readonly element: HTMLElement
  readonly #section: Section<Page<Experiment>>
  #experiments: readonly Experiment[] = []

  constructor(desk: Desk) {
    this.#section = new Section<Page<Experiment>>('', (signal) => desk.admin.get('/admin/experiments', signal), (page) => this.#draw(page))
    this.element = h(
      'div',
      { class: 'page' },
      h('div', { class: 'page-bar' }, h('h1', {}, 'Experiments'), h('span', { class: 'spacer' }), h('a', { class: 'button small', href: linkTo('configuration', { at: 'Experiments' }) }, 'Begin or end one'), csvButton('experiments', () => this.#csv())),
      this.#section.element,
    )
  }

  show(): void {
    void this.#section.load()
  }

  leave(): void {
    this.#section.leave()
  }

  #draw(page: Page<Experiment>): Node[] {
    this.#experiments = page.data
    return page.data.length === 0 ? [empty('No experiments', 'Begin one in the configuration, under Experiments: an alias and two variants of it.')] : page.data.map(card)
  }

  #csv(): string {
    const rows = this.#experiments.flatMap((experiment) => experiment.variants.map((variant) => ({ ...variant, experiment: experiment.name })))
    return toCsv([{ title: 'experiment', text: (row: Variant & { experiment: string }) => row.experiment }, ...columns], rows)
  }
}

function card(experiment: Experiment): HTMLElement {
  const table = new DataTable<Variant>({ caption: `Variants of ${experiment.name}`, columns, emptyTitle: 'No variants' })
  table.element.classList.add('is-tall')
  table.rows = experiment.variants
  return h(
    'section',
    { class: 'section card' },
    h('div', { class: 'section-head' }, h('h2', {}, experiment.name), badge(experiment.enabled ? 'running' : 'off', experiment.enabled ? 'good' : ''), h('span', { class: 'soft' }, `of ${experiment.alias}`)),
    table.element,
    ...experiment.warnings.map((warning) => h('p', { class: 'note is-warning' }, warning)),
    h('p', { class: 'hint' }, 'In brackets the interval that holds the true figure with 95 % confidence; below, the difference from the control where it is more than chance.'),
  )
}

function figureColumn(title: string, of: (row: Variant) => Figure | null, format: (value: number) => string, isLessBetter: boolean): Column<Variant> {
  return { title, isNumber: true, text: (row) => of(row)?.value.toString() ?? '', show: (row) => figureCell(of(row), format, isLessBetter), width: 13 }
}
