import { h } from '../../shared/dom'
import { formatUsd } from '../../shared/format'
import { Section } from '../parts/section'
import { linkTo } from '../place'
import type { Forecast, UsageReport } from '../api/types'
import type { Desk } from '../view'

/** What the month has cost, what it will, and what was saved. */
export function moneyPanel(desk: Desk): Section<unknown> {
  return new Section<unknown>('This month', async (signal) => {
    const [usage, forecast] = await Promise.all([desk.admin.get<UsageReport>('/admin/usage?by=tenant', signal), desk.admin.get<Forecast>('/admin/forecast?by=tenant', signal)])
    return { usage, forecast }
  }, (read) => draw(read as { usage: UsageReport; forecast: Forecast }), h('a', { href: linkTo('spend') }, 'Who spent it'))
}

function draw({ usage, forecast }: { usage: UsageReport; forecast: Forecast }): Node {
  const month = forecast.total?.month
  const saved = Number(usage.total.cache_saving_usd) + Number(usage.total.avoided_cost_usd)
  return h(
    'dl',
    { class: 'facts' },
    ...fact('Spent', formatUsd(Number(usage.total.cost_usd ?? 0))),
    ...(month === undefined
      ? fact('By its end', 'not known yet: there is no history')
      : fact('By its end', `${formatUsd(Number(month.expected_usd))} (90 %: ${formatUsd(Number(month.low_90_usd))} to ${formatUsd(Number(month.high_90_usd))})${forecast.total?.enough_history === true ? '' : `; of ${forecast.total?.history_days ?? 0} days only`}`)),
    ...fact('Saved by caching', formatUsd(saved)),
    ...(usage.total.unknown_cost_requests > 0 ? fact('Of unknown cost', `${usage.total.unknown_cost_requests} requests: their models have no price`) : []),
  )
}

function fact(title: string, value: string): Node[] {
  return [h('dt', {}, title), h('dd', {}, value)]
}
