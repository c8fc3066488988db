import { h } from '../../shared/dom'

export type Tone = 'good' | 'warn' | 'danger' | ''

export function badge(text: string, tone: Tone = ''): HTMLElement {
  return h('span', { class: `badge ${tone}` }, text)
}
