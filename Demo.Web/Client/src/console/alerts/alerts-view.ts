import { h } from '../../shared/dom'
import { badge, type Tone } from '../parts/badge'
import { csvButton, toCsv } from '../parts/csv'
import { DataTable, type Column } from '../parts/data-table'
import { clockText, momentText } from '../parts/moment'
import { Section } from '../parts/section'
import { empty } from '../parts/states'
import type { Alert, AlertList, AlertSink, AuditEntry, Objective, Page } from '../api/types'
import type { Desk, View } from '../view'
import { objectiveRow } from './objective-row'

const refreshMs = 10_000
const tones: Readonly<Record<string, Tone>> = { critical: 'danger', warning: 'warn' }

const columns: readonly Column<Alert>[] = [
  { title: 'severity', text: (row) => row.severity, show: (row) => badge(row.severity, tones[row.severity] ?? ''), width: 7 },
  { title: 'rule', text: (row) => row.rule.replaceAll('_', ' '), width: 10 },
  { title: 'subject', text: (row) => row.subject, width: 12 },
  { title: 'what', text: (row) => row.summary },
  { title: 'began (UTC)', text: (row) => row.started_at, show: (row) => document.createTextNode(clockText(row.started_at)), width: 10 },
  { title: 'ended (UTC)', text: (row) => row.resolved_at ?? '', show: (row) => document.createTextNode(row.resolved_at === null ? 'lasts' : clockText(row.resolved_at)), width: 10 },
]

const auditColumns: readonly Column<AuditEntry>[] = [
  { title: 'when (UTC)', text: (row) => row.at, show: (row) => document.createTextNode(clockText(row.at)), width: 10 },
  { title: 'who', text: (row) => row.actor, width: 12 },
  { title: 'what', text: (row) => row.action, width: 10 },
  { title: 'of', text: (row) => row.target, width: 16 },
  { title: 'changed', text: (row) => Object.keys(row.changes).join(', ') },
]

/** What is wrong, how objectives are met, who is told, and who changed what. */
export class AlertsView implements View {
  readonly element: HTMLElement
  readonly #sections: readonly Section<unknown>[]
  readonly #forget: () => void
  readonly #timer: ReturnType<typeof setInterval>
  #alerts: readonly Alert[] = []
  #audit: readonly AuditEntry[] = []

  constructor(desk: Desk) {
    const alerts = new Section<unknown>('', (signal) => desk.admin.get('/admin/alerts', signal), (list) => this.#drawAlerts(list as AlertList))
    const objectives = new Section<unknown>('Objectives', (signal) => desk.admin.get('/admin/objectives', signal), (page) => drawObjectives(page as Page<Objective>))
    const audit = new Section<unknown>('Who changed what', (signal) => desk.admin.get('/admin/audit?limit=100', signal), (page) => this.#drawAudit(page as Page<AuditEntry>), csvButton('audit', () => toCsv(auditColumns, this.#audit)))
    this.#sections = [alerts, objectives, audit]
    this.element = h('div', { class: 'page' }, h('div', { class: 'page-bar' }, h('h1', {}, 'Alerts'), h('span', { class: 'spacer' }), csvButton('alerts', () => toCsv(columns, this.#alerts))), ...this.#sections.map((section) => section.element))
    this.#forget = desk.live.on(['alert'], () => void alerts.load())
    this.#timer = setInterval(() => {
      if (!document.hidden) {
        void objectives.load()
      }
    }, refreshMs)
  }

  show(): void {
    this.#sections.forEach((section) => void section.load())
  }

  leave(): void {
    this.#forget()
    clearInterval(this.#timer)
    this.#sections.forEach((section) => { section.leave() })
  }

  #drawAlerts(list: AlertList): Node[] {
    this.#alerts = [...list.data, ...list.recent]
    const table = new DataTable<Alert>({ caption: 'Alerts', columns, rowsInView: 12, emptyTitle: 'Nothing is wrong', emptyAdvice: 'And nothing was lately.' })
    table.rows = this.#alerts
    return [table.element, ...list.sinks.map(sinkLine)]
  }

  #drawAudit(page: Page<AuditEntry>): Node {
    this.#audit = page.data
    const table = new DataTable<AuditEntry>({ caption: 'Changes', columns: auditColumns, rowsInView: 10, emptyTitle: 'Nothing was changed yet' })
    table.rows = page.data
    return table.element
  }
}

function drawObjectives(page: Page<Objective>): Node {
  return page.data.length === 0 ? empty('No objectives', 'Set them in the cost worker’s settings, under Objectives.') : h('ul', { class: 'rows' }, ...page.data.map(objectiveRow))
}

function sinkLine(sink: AlertSink): HTMLElement {
  const state = sink.trouble ?? (sink.delivered_at === null ? 'nothing was sent yet' : `last told ${momentText(sink.delivered_at)}`)
  return h('p', { class: sink.trouble === null ? 'hint' : 'note is-warning' }, `${sink.name} (${sink.type}): ${state}${sink.waiting > 0 ? `, ${sink.waiting} wait` : ''}${sink.rejected > 0 ? `, ${sink.rejected} rejected` : ''}`)
}
