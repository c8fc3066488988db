import { h } from '../../shared/dom'
import { formatUsd } from '../../shared/format'
import { Section } from '../parts/section'
import { empty } from '../parts/states'
import { linkTo } from '../place'
import type { Budget, Page } from '../api/types'
import type { Desk } from '../view'

const shown = 8

/** The fullest budgets. */
export function budgetsPanel(desk: Desk): Section<unknown> {
  return new Section<unknown>('Budgets', (signal) => desk.admin.get(`/admin/budgets?limit=${shown}`, signal), (page) => draw(page as Page<Budget>))
}

function draw(page: Page<Budget>): Node {
  return page.data.length === 0 ? empty('No budgets', 'Give a key one, or a tier or tenant in the configuration.') : h('ul', { class: 'rows budgets' }, ...page.data.map(budgetBar))
}

export function budgetBar(budget: Budget): HTMLElement {
  const meter = h('meter', { min: 0, max: 1, low: 0.8, high: 0.95, optimum: 0, value: Math.min(1, budget.share), 'aria-label': `${budget.name}: ${percent(budget.share)} of the budget` })
  const spent = `${formatUsd(Number(budget.spent_usd))} of ${formatUsd(Number(budget.limit_usd))} a ${budget.period}`
  return h(
    'li',
    {},
    h('div', { class: 'budget-head' }, budget.key === null ? h('b', {}, budget.name) : h('a', { href: linkTo('keys', {}, budget.key) }, budget.name), h('span', { class: 'soft' }, ` ${budget.scope}`), h('span', { class: 'spacer' }), `${spent} (${percent(budget.share)})`),
    meter,
  )
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}
