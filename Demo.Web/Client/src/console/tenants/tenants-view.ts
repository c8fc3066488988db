import { h } from '../../shared/dom'
import { formatCount, formatUsd } from '../../shared/format'
import { csvButton, toCsv } from '../parts/csv'
import { DataTable, type Column } from '../parts/data-table'
import { Section } from '../parts/section'
import { linkTo } from '../place'
import type { Budget, Configuration, Page, UsageReport } from '../api/types'
import type { Desk, View } from '../view'

interface Tenant {
  readonly name: string
  readonly costUsd: number
  readonly requests: number
  readonly budgets: readonly Budget[]
  readonly limits: string
}

const columns: readonly Column<Tenant>[] = [
  { title: 'tenant', text: (row) => row.name, sortBy: (row) => row.name },
  { title: 'this month', isNumber: true, text: (row) => formatUsd(row.costUsd), sortBy: (row) => row.costUsd, width: 8 },
  { title: 'requests', isNumber: true, text: (row) => formatCount(row.requests), sortBy: (row) => row.requests, width: 7 },
  { title: 'budget', text: budgetText, show: budgetBar, width: 16 },
  { title: 'limits', text: (row) => row.limits, width: 18 },
  { title: 'look at', text: () => '', show: links, width: 14 },
]

/** Who pays: what each tenant used, may use, and the ways to its keys, requests and limits. */
export class TenantsView implements View {
  readonly element: HTMLElement
  readonly #table = new DataTable<Tenant>({ caption: 'Tenants', columns, rowsInView: 16, emptyTitle: 'No tenants', emptyAdvice: 'A tenant is there once it has used something, or has limits in the configuration.' })
  readonly #section: Section<readonly Tenant[]>
  readonly #forget: () => void

  constructor(desk: Desk) {
    this.#section = new Section<readonly Tenant[]>('', async (signal) => {
      const [usage, budgets, configuration] = await Promise.all([
        desk.admin.get<UsageReport>('/admin/usage?by=tenant', signal),
        desk.admin.get<Page<Budget>>('/admin/budgets?scope=tenant&limit=1000', signal),
        desk.admin.get<Configuration>('/admin/config', signal),
      ])
      return tenantsOf(usage, budgets.data, configuration)
    }, (tenants) => {
      this.#table.rows = tenants
      return this.#table.element
    })
    this.element = h('div', { class: 'page' }, h('div', { class: 'page-bar' }, h('h1', {}, 'Tenants'), h('span', { class: 'spacer' }), csvButton('tenants', () => toCsv(columns.slice(0, -1), this.#table.rows))), this.#section.element)
    this.#forget = desk.live.on(['config'], () => void this.#section.load())
  }

  show(): void {
    void this.#section.load()
  }

  leave(): void {
    this.#forget()
    this.#section.leave()
  }
}

function tenantsOf(usage: UsageReport, budgets: readonly Budget[], configuration: Configuration): Tenant[] {
  const limits = (configuration.gateway.Tenants ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  const names = new Set([...usage.data.map((row) => String(row.tenant)), ...Object.keys(limits), ...budgets.map((budget) => budget.name)])
  return [...names].map((name) => {
    const used = usage.data.find((row) => row.tenant === name)
    return { name, costUsd: Number(used?.cost_usd ?? 0), requests: used?.requests ?? 0, budgets: budgets.filter((budget) => budget.name === name), limits: limitsText(limits[name]) }
  }).sort((one, other) => other.costUsd - one.costUsd)
}

// {"RequestsPerMinute": 60} is RequestsPerMinute 60.
function limitsText(limits: Readonly<Record<string, unknown>> | undefined): string {
  return Object.entries(limits ?? {}).filter(([, value]) => typeof value === 'number').map(([name, value]) => `${name} ${String(value)}`).join(', ')
}

function budgetText(tenant: Tenant): string {
  return tenant.budgets.map((budget) => `${formatUsd(Number(budget.spent_usd))} of ${formatUsd(Number(budget.limit_usd))} a ${budget.period}`).join(', ')
}

function budgetBar(tenant: Tenant): Node {
  const fullest = tenant.budgets[0]
  return fullest === undefined
    ? h('span', { class: 'soft' }, 'none')
    : h('span', { class: 'share', title: budgetText(tenant) }, h('meter', { min: 0, max: 1, low: 0.8, high: 0.95, optimum: 0, value: Math.min(1, fullest.share), 'aria-label': `${tenant.name}: budget used` }), `${(100 * fullest.share).toFixed(0)} % of ${formatUsd(Number(fullest.limit_usd))}`)
}

function links(tenant: Tenant): Node {
  const { name } = tenant
  return h(
    'span',
    { class: 'links' },
    h('a', { href: linkTo('keys', { tenant: name }), 'aria-label': `keys of ${name}` }, 'keys'),
    h('a', { href: linkTo('requests', { tenant: name }), 'aria-label': `requests of ${name}` }, 'requests'),
    h('a', { href: linkTo('configuration', { at: `Tenants:${name}` }), 'aria-label': `limits of ${name}` }, 'limits'),
  )
}
