import { h } from '../../shared/dom'
import { confirm } from '../parts/confirm'
import { momentText } from '../parts/moment'
import { Section } from '../parts/section'
import { empty, problem } from '../parts/states'
import type { Configuration, ConfigurationVersion, Page } from '../api/types'
import type { ConfigApi } from './config-api'
import { isConflict } from './config-api'
import { differenceList, differenceWords } from './difference-list'

/** What was put, the newest first, and the way back to it. */
export class History {
  readonly element: HTMLElement
  readonly #outcome = h('div', { 'aria-live': 'polite' })
  readonly #section: Section<Page<ConfigurationVersion>>
  #seen = 0

  constructor(private readonly api: ConfigApi, private readonly done: (now: Configuration) => void) {
    this.#section = new Section<Page<ConfigurationVersion>>('History', (signal) => api.history(signal), (page) => this.#draw(page))
    this.element = h('div', {}, this.#outcome, this.#section.element)
  }

  /** @param seen the version in force, which a roll-back is to be from. */
  load(seen: number): void {
    this.#seen = seen
    void this.#section.load()
  }

  leave(): void {
    this.#section.leave()
  }

  /** To the version before, or to one that is named; asks first, with what it will change. */
  async rollBack(version?: number): Promise<void> {
    this.#outcome.replaceChildren()
    try {
      const difference = await this.api.tryRollBack(version)
      const title = version === undefined ? 'Roll back to the version before?' : version === 0 ? 'Roll back to gateway.json alone?' : `Roll back to version ${version}?`
      if (await confirm({ title, consequences: ['Every replica has it within a second, and requests from then on follow it.', ...differenceWords(difference)], action: 'Roll back', isDangerous: true })) {
        const now = await this.api.rollBack(this.#seen, version)
        this.#outcome.replaceChildren(h('p', { class: 'good-text' }, `Rolled back: version ${now.version} is in force.`))
        this.done(now)
      }
    } catch (failure) {
      this.#outcome.replaceChildren(problem(failure))
      if (isConflict(failure)) {
        this.done(await this.api.read())
      }
    }
  }

  #draw(page: Page<ConfigurationVersion>): Node {
    return page.data.length === 0
      ? empty('Nothing was put yet', 'gateway.json and the environment alone are in force.')
      : h('ul', { class: 'rows' }, ...page.data.map((one) => this.#row(one)), h('li', {}, h('div', { class: 'row-head' }, h('b', {}, 'gateway.json alone'), h('span', { class: 'spacer' }), this.#rollBackButton(0))))
  }

  #row(one: ConfigurationVersion): HTMLElement {
    const shown = h('div')
    return h(
      'li',
      {},
      h('div', { class: 'row-head' },
        h('b', {}, `Version ${one.version}`), h('span', { class: 'soft' }, `${one.author}, ${momentText(one.changed_at)}${one.rollback_to === null ? '' : `, back to ${one.rollback_to}`}`),
        h('span', { class: 'spacer' }),
        ...(one.version === this.#seen ? [h('span', { class: 'badge good' }, 'in force')] : [h('button', { type: 'button', class: 'button small', onclick: () => void this.#compare(one.version, shown) }, 'Difference'), this.#rollBackButton(one.version)])),
      h('details', {}, h('summary', {}, 'What was put'), h('pre', { tabindex: 0 }, JSON.stringify(one.overlay, null, 2))),
      shown,
    )
  }

  #rollBackButton(version: number): HTMLElement {
    return h('button', { type: 'button', class: 'button small', 'aria-label': version === 0 ? 'Roll back to gateway.json alone' : `Roll back to version ${version}`, onclick: () => void this.rollBack(version) }, 'Roll back')
  }

  async #compare(version: number, place: HTMLElement): Promise<void> {
    try {
      place.replaceChildren(differenceList(await this.api.tryRollBack(version)))
    } catch (failure) {
      place.replaceChildren(problem(failure))
    }
  }
}
