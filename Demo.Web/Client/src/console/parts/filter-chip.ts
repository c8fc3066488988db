import { h } from '../../shared/dom'
import { icon } from '../../shared/icon'
import { linkWith, type Place } from '../place'

/** A filter that holds, and the way to take it away. */
export function filterChip(place: Place, name: string, value: string): HTMLElement {
  return h('a', { href: linkWith(place, { [name]: undefined }), class: 'chip is-filter', 'aria-label': `${name}: ${value}, take this filter away` }, `${name}: ${value} `, icon('cross'))
}
