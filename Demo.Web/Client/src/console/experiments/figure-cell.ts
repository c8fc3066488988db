import { h } from '../../shared/dom'
import type { Figure } from '../api/types'

/** A figure with its interval and, where the variant differs from the control, by how much: in words, not by colour alone. */
export function figureCell(figure: Figure | null, format: (value: number) => string, isLessBetter: boolean): Node {
  if (figure === null) {
    return document.createTextNode('–')
  }

  const difference = figure.difference ?? null
  const signed = (value: number) => `${value > 0 ? '+' : '−'}${format(Math.abs(value))}`
  const isBetter = difference !== null && difference.value < 0 === isLessBetter
  return h(
    'span',
    { class: 'figure' },
    h('b', {}, format(figure.value)),
    figure.low !== null && figure.high !== null && h('span', { class: 'soft' }, ` (${format(figure.low)} to ${format(figure.high)})`),
    difference !== null && h('span', { class: !difference.significant ? 'soft verdict' : isBetter ? 'good-text verdict' : 'bad-text verdict' }, difference.significant ? `${isBetter ? 'better' : 'worse'}: ${signed(difference.value)}` : 'no difference shown'),
  )
}
