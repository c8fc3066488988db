import { h } from '../shared/dom'
import { formatCount, formatDuration, formatUsd } from '../shared/format'
import type { Answer } from './answer'

const cacheWords: Record<string, string> = { hit: 'answered from it', miss: 'asked anew', bypass: 'not used' }

/** What an answer took, as far as it is known. */
export function figures(answer: Answer): HTMLElement | undefined {
  const known = facts(answer)
  return known.length === 0
    ? undefined
    : h('dl', { class: 'figures' }, ...known.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))))
}

function facts(answer: Answer): [name: string, value: string][] {
  const { durationMs, firstTokenMs, promptTokens, completionTokens, costUsd, target, cache } = answer
  const all: [string, string | undefined][] = [
    ['Tokens', promptTokens === undefined ? undefined : `${formatCount(promptTokens)} in, ${formatCount(completionTokens ?? 0)} out`],
    ['Cost', costUsd === undefined ? undefined : costUsd === null ? 'unknown' : formatUsd(costUsd)],
    ['Latency', durationMs === undefined || firstTokenMs === undefined ? undefined : formatDuration(durationMs)],
    ['First token', firstTokenMs === undefined ? undefined : formatDuration(firstTokenMs)],
    ['Target', target],
    ['Cache', cache === undefined ? undefined : (cacheWords[cache] ?? cache)],
  ]
  return all.filter((fact): fact is [string, string] => fact[1] !== undefined)
}
