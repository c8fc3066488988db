import { h } from '../../shared/dom'
import { readPlace, type Place } from '../place'
import type { Desk, View } from '../view'
import { KeyDetails } from './key-details'
import { KeyList } from './key-list'

/** All keys, or one of them. */
export class KeysView implements View {
  readonly element = h('div', { class: 'page' })
  #open: KeyList | KeyDetails | undefined
  #place: Place = readPlace('')

  constructor(private readonly desk: Desk) {}

  show(place: Place): void {
    if (this.#open === undefined || place.id !== this.#place.id) {
      this.#open?.leave()
      this.#open = place.id === undefined ? new KeyList(this.desk) : new KeyDetails(this.desk, place.id)
      this.element.replaceChildren(this.#open.element)
    }

    this.#place = place
    this.#open.show(place)
  }

  leave(): void {
    this.#open?.leave()
  }
}
