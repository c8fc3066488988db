import { h } from '../../shared/dom'
import { formatCount, formatDuration, formatUsd } from '../../shared/format'
import { badge } from '../parts/badge'
import { csvButton, toCsv } from '../parts/csv'
import { DataTable, type Column } from '../parts/data-table'
import { momentText } from '../parts/moment'
import { Section } from '../parts/section'
import { empty } from '../parts/states'
import { linkTo } from '../place'
import type { Model, ModelTarget, Page } from '../api/types'
import type { Desk, View } from '../view'

const refreshMs = 5000
const second = 1000

const columns: readonly Column<ModelTarget>[] = [
  { title: 'target', text: (row) => row.target, show: (row) => h('a', { href: linkTo('requests', { target: row.target }) }, row.target) },
  { title: 'circuit', text: (row) => row.circuit, show: circuitBadge, width: 9 },
  { title: 'share', isNumber: true, text: (row) => percent(row.recent_share), show: shareBar, width: 9 },
  { title: 'weight', isNumber: true, text: (row) => String(row.weight), width: 5 },
  { title: 'in flight', isNumber: true, text: (row) => String(row.in_flight), width: 6 },
  { title: 'attempts', isNumber: true, text: (row) => String(row.recent_attempts), show: (row) => document.createTextNode(formatCount(row.recent_attempts)), width: 6 },
  { title: 'failed', isNumber: true, text: (row) => String(row.recent_failures), width: 5 },
  { title: 'first token', isNumber: true, text: (row) => (row.attempts === 0 ? '–' : formatDuration(row.first_token_seconds * second)), width: 7 },
  { title: 'a million in / out', isNumber: true, text: priceText, width: 9 },
]

/** Every alias: how requests reach its targets, and how those fare. */
export class ModelsView implements View {
  readonly element: HTMLElement
  readonly #section: Section<Page<Model>>
  readonly #forget: () => void
  readonly #timer: ReturnType<typeof setInterval>
  #models: readonly Model[] = []

  constructor(desk: Desk) {
    this.#section = new Section<Page<Model>>('', (signal) => desk.admin.get('/admin/models', signal), (page) => this.#draw(page))
    this.element = h(
      'div',
      { class: 'page' },
      h('div', { class: 'page-bar' }, h('h1', {}, 'Models'), h('span', { class: 'spacer' }), csvButton('targets', () => this.#csv())),
      this.#section.element,
    )
    this.#forget = desk.live.on(['circuit', 'config'], () => void this.#section.load())
    this.#timer = setInterval(() => {
      if (!document.hidden) {
        void this.#section.load()
      }
    }, refreshMs)
  }

  show(): void {
    void this.#section.load()
  }

  leave(): void {
    this.#forget()
    clearInterval(this.#timer)
    this.#section.leave()
  }

  #draw(page: Page<Model>): Node[] {
    this.#models = page.data
    return page.data.length === 0 ? [empty('No models', 'Name one in the configuration, under Models.')] : [h('p', { class: 'hint' }, `Shares, attempts and failures are of the last ${page.data[0]?.minutes ?? 5} minutes, at the replica that answered.`), ...page.data.map(card)]
  }

  #csv(): string {
    return toCsv([{ title: 'alias', text: (row: ModelTarget & { alias: string }) => row.alias }, ...columns], this.#models.flatMap((model) => model.targets.map((target) => ({ ...target, alias: model.alias }))))
  }
}

function card(model: Model): HTMLElement {
  const table = new DataTable<ModelTarget>({ caption: `Targets of ${model.alias}`, columns, emptyTitle: 'No targets' })
  table.rows = model.targets
  const problems = model.targets.filter((target) => target.reason !== null)
  return h(
    'section',
    { class: 'section card' },
    h(
      'div',
      { class: 'section-head' },
      h('h2', {}, model.alias),
      badge(model.available ? 'available' : 'not available', model.available ? 'good' : 'danger'),
      h('span', { class: 'soft' }, model.safe_stream ? `${model.policy}, safe streams` : model.policy),
      h('span', { class: 'spacer' }),
      h('a', { href: linkTo('configuration', { at: `Models:${model.alias}` }), 'aria-label': `Change route of ${model.alias}` }, 'Change route'),
      h('a', { href: linkTo('requests', { alias: model.alias }), 'aria-label': `Requests for ${model.alias}` }, 'Requests'),
    ),
    table.element,
    ...problems.map((target) => h('p', { class: 'note' }, h('b', {}, target.target), `: ${target.reason ?? ''} ${target.remedy ?? ''}`)),
    ...model.targets.filter((target) => target.reason === null && target.last_failure !== null).map((target) => h('p', { class: 'hint' }, `${target.target} last failed ${momentText(target.last_failure?.at ?? '')}: ${target.last_failure?.reason ?? ''}`)),
  )
}

function circuitBadge(target: ModelTarget): HTMLElement {
  const left = target.left_alone_for_seconds
  return target.circuit === 'closed'
    ? badge(target.available ? 'closed' : 'cannot be used', target.available ? 'good' : 'warn')
    : badge(`${target.circuit.replace('_', ' ')}${left === null ? '' : ` for ${Math.ceil(left)} s`}`, target.circuit === 'open' ? 'danger' : 'warn')
}

function shareBar(target: ModelTarget): Node {
  return h('span', { class: 'share' }, h('meter', { class: 'plain', min: 0, max: 1, value: target.recent_share ?? 0, 'aria-hidden': 'true' }), percent(target.recent_share))
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(0)} %`
}

function priceText(target: ModelTarget): string {
  return target.price === null ? 'none' : `${formatUsd(target.price.input_usd)} / ${formatUsd(target.price.output_usd)}`
}
