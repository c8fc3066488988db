import { h } from '../../shared/dom'
import { formatCount } from '../../shared/format'
import type { Objective } from '../api/types'

/** An objective: what was wanted, what was attained, and what is left of its error budget. */
export function objectiveRow(objective: Objective): HTMLElement {
  const left = objective.budget_left
  const wanted = `${objective.target_percent} % ${objective.indicator.replace('_', ' ')}${objective.milliseconds === null ? '' : ` within ${objective.milliseconds} ms`} of ${objective.alias ?? 'all models'} over ${objective.window_days} days`
  const attained = objective.attained_percent === null ? 'no requests yet' : `${objective.attained_percent.toFixed(3)} % of ${formatCount(objective.requests)}, ${formatCount(objective.bad_requests)} were bad`
  const burning = Object.entries(objective.burn_rates).map(([name, rate]) => `${name}: ${rate.toFixed(1)}`).join(', ')
  return h(
    'li',
    {},
    h('div', { class: 'budget-head' }, h('b', {}, objective.name), h('span', { class: 'soft' }, ` ${wanted}`), h('span', { class: 'spacer' }), attained),
    left !== null && h('meter', { min: 0, max: 1, low: 0.1, high: 0.25, optimum: 1, value: Math.max(0, Math.min(1, left)), 'aria-label': `${objective.name}: error budget left` }),
    h('p', { class: 'hint' }, `${left === null ? '' : left < 0 ? 'Missed: the error budget is overspent. ' : `${(100 * left).toFixed(0)} % of the error budget is left. `}Burn rates ${burning}`),
  )
}
