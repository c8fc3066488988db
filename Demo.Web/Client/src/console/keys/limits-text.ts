import type { ApiKey } from '../api/types'

const limits = { requests_per_minute: 'requests/min', requests_per_day: 'requests/day', tokens_per_minute: 'tokens/min', concurrent_requests: 'at once' } as const

/** A key's own limits in a line: 60 requests/min, $5 a month. */
export function limitsText(key: ApiKey): string {
  const own = Object.entries(limits).flatMap(([name, unit]) => {
    const limit = key.limits?.[name as keyof typeof limits]
    return typeof limit === 'number' ? [`${limit.toLocaleString('en-US')} ${unit}`] : []
  })
  return [...own, ...(key.budget === null ? [] : [`$${key.budget.usd} a ${key.budget.period}`])].join(', ')
}
