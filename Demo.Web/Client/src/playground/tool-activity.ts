import { h } from '../shared/dom'
import { formatDuration } from '../shared/format'
import { icon } from '../shared/icon'
import type { Answer } from './answer'
import type { ToolCall } from './gateway-details'

/** What is looked up while the answer comes, and what was once it is there. */
export function toolActivity(answer: Answer): HTMLElement[] {
  if (answer.toolCalls.length > 0) {
    return [h('details', { class: 'tool' }, h('summary', {}, icon('tag'), summary(answer.toolCalls)), h('ul', {}, ...answer.toolCalls.map(call)))]
  }

  return answer.activities.map((activity) =>
    h('p', { class: activity.state === 'started' ? 'tool is-busy' : 'tool' }, icon('tag'), `${activity.server}: ${activity.tool} ${activity.state === 'started' ? '…' : '✓'}`),
  )
}

function summary(calls: readonly ToolCall[]): string {
  const failed = calls.filter((made) => made.error !== undefined).length
  const made = calls.length === 1 ? '1 look-up' : `${calls.length} look-ups`
  return failed === 0 ? made : `${made}, ${failed} failed`
}

function call(made: ToolCall): HTMLElement {
  return h(
    'li',
    {},
    h('strong', {}, `${made.server}: ${made.tool}`),
    made.durationMs !== undefined && ` ${formatDuration(made.durationMs)}`,
    made.error !== undefined && h('span', { class: 'badge danger' }, made.error),
    made.arguments !== undefined && h('pre', { tabindex: 0 }, h('code', {}, made.arguments)),
  )
}
