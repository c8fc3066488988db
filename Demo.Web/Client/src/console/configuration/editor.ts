import { GatewayError } from '../../shared/api/gateway-error'
import { announce } from '../../shared/announce'
import { h } from '../../shared/dom'
import { confirm } from '../parts/confirm'
import { problem } from '../parts/states'
import type { Configuration } from '../api/types'
import type { Desk } from '../view'
import { faultsOf, isConflict, type ConfigApi, type Fault } from './config-api'
import { conflictNotice } from './conflict-notice'
import { differenceList, differenceWords } from './difference-list'
import { offsetOf } from './json-path'
import { has, withKey } from './key-path'
import { merge } from './merge'
import type { Schema } from './schema'
import { SchemaHelp } from './schema-help'

const draftKey = 'configuration'
const emptyOverlay = '{\n}'

/**
 * Edits what is put over gateway.json. The text is the operator's: whatever comes from the gateway, a newer version or a refusal, is shown beside it
 * and never takes its place, until the operator says so. It is kept while one looks at other pages.
 */
export class Editor {
  readonly element: HTMLElement
  readonly #text = h('textarea', { id: 'overlay', class: 'code-editor', rows: 22, spellcheck: 'false', autocomplete: 'off', 'aria-describedby': 'overlay-hint', oninput: () => { this.#typed() } })
  readonly #help = new SchemaHelp(this.#text, () => { this.#typed() })
  readonly #notice = h('div')
  readonly #outcome = h('div', { 'aria-live': 'polite' })
  readonly #put = h('button', { type: 'button', class: 'button primary', onclick: () => void this.#save() }, 'Put in force')
  readonly #discard = h('button', { type: 'button', class: 'button', onclick: () => { this.#reset() } }, 'Discard')
  #wasAway = false
  /** What the text was made from. */
  #base: Configuration | undefined

  constructor(private readonly desk: Desk, private readonly api: ConfigApi, private readonly done: (now: Configuration) => void) {
    this.element = h(
      'div',
      { class: 'editor' },
      h('div', { class: 'editor-text' },
        this.#notice,
        h('label', { class: 'field', for: 'overlay' }, 'What is put over gateway.json'),
        h('p', { class: 'hint', id: 'overlay-hint' }, 'Section Gateway or a part of it, as JSON: objects are merged into what the file says, lists take its place, null removes. It takes the place of what was put before.'),
        this.#text,
        h('div', { class: 'dialog-actions' }, this.#discard, h('button', { type: 'button', class: 'button', onclick: () => void this.#validate() }, 'Validate'), this.#put),
        this.#outcome),
      this.#help.element,
    )
  }

  learn(schema: Schema): void {
    this.#help.learn(schema)
  }

  /** Tells of what is in force now: shown where nothing was typed, told of where something was. */
  show(now: Configuration): void {
    if (this.#wasAway) {
      this.#wasAway = false
      this.#outcome.replaceChildren(h('p', { class: 'good-text' }, 'The gateway answers again.'))
    }

    const draft = this.#draft
    if (draft === undefined) {
      this.#base = now
      this.#text.value = textOf(now)
      this.#notice.replaceChildren()
    } else {
      this.#base ??= draft.base
      this.#text.value = draft.text
      if (this.#base.version !== now.version) {
        this.#tellOfConflict(now)
      }
    }

    this.#mark()
  }

  /** Goes to a key, such as Tenants:acme; where nothing was put there yet, what is in force is taken into the text, to be changed. */
  open(key: string): void {
    const overlay = parsed(this.#text.value)
    if (offsetOf(this.#text.value, key) === undefined || !has(overlay, key.split(':'))) {
      const text = this.#base === undefined ? undefined : withKey(overlay, this.#base.gateway, key.split(':'))
      if (text === undefined) {
        return
      }

      this.#text.value = text
      this.#typed()
    }

    this.#goTo(offsetOf(this.#text.value, key) ?? 0)
  }

  get #draft(): { readonly text: string; readonly base: Configuration } | undefined {
    const kept = this.desk.drafts.get(draftKey)
    return kept === undefined ? undefined : (JSON.parse(kept) as { text: string; base: Configuration })
  }

  #typed(): void {
    if (this.#base !== undefined && this.#text.value !== textOf(this.#base)) {
      this.desk.drafts.set(draftKey, JSON.stringify({ text: this.#text.value, base: this.#base }))
    } else {
      this.desk.drafts.delete(draftKey)
    }

    this.#mark()
  }

  #mark(): void {
    this.#discard.disabled = this.#put.disabled = !this.desk.drafts.has(draftKey)
  }

  #reset(): void {
    if (this.#base !== undefined) {
      this.desk.drafts.delete(draftKey)
      this.#outcome.replaceChildren()
      this.show(this.#base)
    }
  }

  async #validate(): Promise<void> {
    try {
      const difference = await this.api.tryOut(this.#text.value)
      this.#outcome.replaceChildren(h('p', { class: 'good-text' }, 'It is valid. This is what it would change:'), differenceList(difference))
    } catch (failure) {
      this.#refused(failure)
    }
  }

  async #save(): Promise<void> {
    const base = this.#base
    if (base === undefined) {
      return
    }

    try {
      const difference = await this.api.tryOut(this.#text.value)
      if (!(await confirm({ title: 'Put this in force?', consequences: ['Every replica has it within a second, and requests from then on follow it.', ...differenceWords(difference)], action: 'Put in force', isDangerous: difference.removed.length > 0 }))) {
        return
      }

      const now = await this.api.put(this.#text.value, base.version)
      this.desk.drafts.delete(draftKey)
      this.#base = now
      this.#outcome.replaceChildren(h('p', { class: 'good-text' }, `Version ${now.version} is in force.`))
      announce(`Version ${now.version} is in force.`)
      this.done(now)
    } catch (failure) {
      await this.#failed(failure)
    }
  }

  async #failed(failure: unknown): Promise<void> {
    if (isConflict(failure)) {
      try {
        this.#tellOfConflict(await this.api.read())
        return
      } catch (other) {
        this.#refused(other)
        return
      }
    }

    this.#refused(failure)
  }

  #refused(failure: unknown): void {
    const faults = faultsOf(failure)
    this.#wasAway = failure instanceof GatewayError && failure.isAway
    this.#outcome.replaceChildren(
      faults.length === 0 ? problem(failure) : h('div', { class: 'problem', role: 'alert' }, h('p', {}, `It is not valid, and what is in force stays. ${faults.length === 1 ? 'One thing is' : `${faults.length} things are`} wrong:`), h('ul', {}, ...faults.map((fault) => this.#fault(fault)))),
    )
  }

  #fault(fault: Fault): HTMLElement {
    const at = fault.key === null ? undefined : offsetOf(this.#text.value, fault.key)
    return h('li', {}, at === undefined ? fault.message : h('button', { type: 'button', class: 'link', onclick: () => { this.#goTo(at) } }, fault.message))
  }

  #goTo(offset: number): void {
    const end = this.#text.value.indexOf('\n', offset)
    this.#text.focus()
    this.#text.setSelectionRange(offset, end < 0 ? this.#text.value.length : end)
  }

  #tellOfConflict(now: Configuration): void {
    const base = this.#base
    const mine = parsed(this.#text.value)
    const merged = base === undefined || mine === undefined ? undefined : merge(base.overlay ?? {}, mine, now.overlay ?? {})
    this.#notice.replaceChildren(conflictNotice(now, merged?.conflicts, {
      takeBoth: merged === undefined ? undefined : () => { this.#continueOn(now, JSON.stringify(merged.value, null, 2)) },
      keepMine: () => { this.#continueOn(now, this.#text.value) },
      takeTheirs: () => {
        this.#base = now
        this.#reset()
      },
    }))
    announce(`Version ${now.version} is in force meanwhile; what you typed is still there.`)
  }

  #continueOn(now: Configuration, text: string): void {
    this.#base = now
    this.#text.value = text
    this.#notice.replaceChildren()
    this.#outcome.replaceChildren()
    this.#typed()
    void this.#validate()
  }
}

function textOf(configuration: Configuration): string {
  return configuration.overlay === null || Object.keys(configuration.overlay).length === 0 ? emptyOverlay : JSON.stringify(configuration.overlay, null, 2)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
