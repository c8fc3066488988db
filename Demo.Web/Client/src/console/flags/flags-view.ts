import { h } from '../../shared/dom'
import { badge } from '../parts/badge'
import { confirm } from '../parts/confirm'
import { csvButton, toCsv } from '../parts/csv'
import { momentText } from '../parts/moment'
import { Section } from '../parts/section'
import { problem } from '../parts/states'
import type { Flag, Page } from '../api/types'
import type { Desk, View } from '../view'
import { FlagDialog } from './flag-dialog'

/** Parts of the gateway that may be switched off, or on for some. */
export class FlagsView implements View {
  readonly element: HTMLElement
  readonly #trouble = h('div')
  readonly #section: Section<Page<Flag>>
  #flags: readonly Flag[] = []

  constructor(private readonly desk: Desk) {
    this.#section = new Section<Page<Flag>>('', (signal) => desk.admin.get('/admin/flags', signal), (page) => this.#draw(page))
    this.element = h('div', { class: 'page' }, h('div', { class: 'page-bar' }, h('h1', {}, 'Flags'), h('span', { class: 'spacer' }), csvButton('flags', () => toCsv(csvColumns, this.#flags))), this.#trouble, this.#section.element)
  }

  show(): void {
    void this.#section.load()
  }

  leave(): void {
    this.#section.leave()
  }

  #draw(page: Page<Flag>): Node {
    this.#flags = page.data
    return h('ul', { class: 'rows' }, ...page.data.map((flag) => this.#row(flag)))
  }

  #row(flag: Flag): HTMLElement {
    const input = h('input', { type: 'checkbox', role: 'switch', checked: flag.enabled, 'aria-label': flag.name, onclick: (event: Event) => {
      event.preventDefault()
      void this.#turn(flag)
    } })
    return h(
      'li',
      {},
      h('div', { class: 'row-head' }, h('label', { class: 'switch' }, input, h('b', {}, flag.name)), badge(standing(flag), flag.enabled ? 'good' : ''), h('span', { class: 'soft' }, sourceText(flag)), h('span', { class: 'spacer' }),
        h('button', { type: 'button', class: 'button small', 'aria-label': `For whom: ${flag.name}`, onclick: () => { new FlagDialog(this.desk, flag, () => void this.#section.load()).open() } }, 'For whom'),
        flag.source === 'admin' && h('button', { type: 'button', class: 'button small', 'aria-label': `Reset ${flag.name}`, onclick: () => void this.#reset(flag) }, 'Reset')),
      h('p', { class: 'soft' }, flag.description),
    )
  }

  #turn(flag: Flag): Promise<void> {
    const { percentage, tenants, users, from, until } = flag
    return this.#do(
      flag.enabled ? `Switch ${flag.name} off?` : `Switch ${flag.name} on?`,
      [flag.description, flag.enabled ? 'It is off for everybody from the next request on, within a second at every replica.' : 'It is on from the next request on, within a second at every replica.'],
      flag.enabled ? 'Switch off' : 'Switch on',
      () => this.desk.admin.change('PUT', path(flag), { enabled: !flag.enabled, percentage, tenants, users, from, until }),
    )
  }

  #reset(flag: Flag): Promise<void> {
    return this.#do(`Leave ${flag.name} to the configuration?`, ['It stands again as the configuration says, or else by default.'], 'Reset', () => this.desk.admin.change('DELETE', path(flag)))
  }

  async #do(title: string, consequences: readonly string[], action: string, act: () => Promise<unknown>): Promise<void> {
    if (!(await confirm({ title, consequences, action }))) {
      return
    }

    this.#trouble.replaceChildren()
    try {
      await act()
      await this.#section.load()
    } catch (failure) {
      this.#trouble.replaceChildren(problem(failure))
    }
  }
}

function path(flag: Flag): string {
  return `/admin/flags/${encodeURIComponent(flag.name)}`
}

function standing(flag: Flag): string {
  const whom = [flag.percentage === null ? '' : `${flag.percentage} % of users`, flag.tenants.length === 0 ? '' : `tenants ${flag.tenants.join(', ')}`, flag.users.length === 0 ? '' : `users ${flag.users.join(', ')}`].filter((text) => text !== '')
  return !flag.enabled ? 'off' : whom.length === 0 ? 'on' : `on for ${whom.join('; ')}`
}

function sourceText(flag: Flag): string {
  return flag.source === 'admin' ? `by ${flag.changed_by ?? 'an administrator'}, ${momentText(flag.changed_at ?? '')}` : `by ${flag.source}`
}

const csvColumns = [
  { title: 'flag', text: (flag: Flag) => flag.name },
  { title: 'stands', text: standing },
  { title: 'source', text: (flag: Flag) => flag.source },
  { title: 'changed at', text: (flag: Flag) => flag.changed_at ?? '' },
  { title: 'changed by', text: (flag: Flag) => flag.changed_by ?? '' },
]
