import { h } from '../../shared/dom'
import type { Place } from '../place'
import type { Desk, View } from '../view'
import { importPanel } from './import-panel'
import { searchPanel } from './search-panel'

/** The catalogue that models answer from. */
export class ProductsView implements View {
  readonly element: HTMLElement
  readonly #search: ReturnType<typeof searchPanel>

  constructor(desk: Desk) {
    this.#search = searchPanel(desk)
    this.element = h('div', { class: 'page' }, h('div', { class: 'page-bar' }, h('h1', {}, 'Products')), h('div', { class: 'panels' }, this.#search.element, importPanel(desk)))
  }

  show(place: Place): void {
    this.#search.ask(place.params.get('query') ?? '')
  }
}
