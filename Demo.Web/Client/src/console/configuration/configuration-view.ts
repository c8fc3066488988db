import { h } from '../../shared/dom'
import { momentText } from '../parts/moment'
import { save } from '../parts/csv'
import { Section } from '../parts/section'
import type { Place } from '../place'
import type { Configuration } from '../api/types'
import type { Desk, View } from '../view'
import { ConfigApi } from './config-api'
import { Editor } from './editor'
import { History } from './history'
import type { Schema } from './schema'

/** What is in force, what was put and by whom, and the ways to change it and back. */
export class ConfigurationView implements View {
  readonly element: HTMLElement
  readonly #api: ConfigApi
  readonly #editor: Editor
  readonly #history: History
  readonly #section: Section<Configuration>
  readonly #forget: () => void
  /** Where the editor is to go once there is something in it. */
  #wanted: string | undefined

  constructor(private readonly desk: Desk) {
    this.#api = new ConfigApi(desk.admin)
    this.#editor = new Editor(desk, this.#api, () => void this.#section.load())
    this.#history = new History(this.#api, () => void this.#section.load())
    this.#section = new Section<Configuration>('', (signal) => this.#api.read(signal), (now) => this.#draw(now))
    this.element = h('div', { class: 'page' }, this.#section.element, this.#editor.element, this.#history.element)
    this.#forget = desk.live.on(['config'], () => void this.#section.load())
  }

  show(place: Place): void {
    this.#wanted = place.params.get('at') ?? undefined
    void this.#section.load()
    void this.desk.admin.get<Schema>('/schema/gateway.json').then((schema) => { this.#editor.learn(schema) }, () => undefined)
  }

  leave(): void {
    this.#forget()
    this.#section.leave()
    this.#history.leave()
  }

  #draw(now: Configuration): Node[] {
    this.#editor.show(now)
    if (this.#wanted !== undefined) {
      this.#editor.open(this.#wanted)
      this.#wanted = undefined
    }

    this.#history.load(now.version)
    const whole = JSON.stringify(now.gateway, null, 2)
    return [
      h(
        'div',
        { class: 'page-bar' },
        h('h1', {}, 'Configuration'),
        h('span', { class: 'soft' }, now.version === 0 ? 'gateway.json and the environment; nothing was put over them' : `version ${now.version}, put by ${now.author ?? ''} ${momentText(now.changed_at ?? '')}`),
        h('span', { class: 'spacer' }),
        h('button', { type: 'button', class: 'button small', onclick: () => { save('gateway.json', `${JSON.stringify({ Gateway: now.gateway }, null, 2)}\n`, 'application/json') } }, 'Save what is in force'),
        ...(now.version === 0 ? [] : [h('button', { type: 'button', class: 'button danger-quiet', onclick: () => void this.#history.rollBack() }, 'Roll back')]),
      ),
      ...now.faults.map((fault) => h('div', { class: 'problem' }, h('p', {}, `A change of ${fault.source} was refused ${momentText(fault.at)}, and what was in force stays: ${fault.message}`))),
      h('details', { class: 'in-force' }, h('summary', {}, 'All that is in force, defaults included'), h('pre', { tabindex: 0 }, whole)),
    ]
  }
}
