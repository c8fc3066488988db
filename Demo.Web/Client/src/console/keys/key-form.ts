import { h } from '../../shared/dom'
import type { ApiKey } from '../api/types'

type Fields = Readonly<Record<string, unknown>>

/** The fields of a key as one types them, and what they are as the admin API takes them. */
export class KeyForm {
  readonly element: HTMLElement
  readonly #inputs = new Map<string, HTMLInputElement | HTMLSelectElement>()

  constructor(private readonly before: ApiKey | undefined) {
    const expires = before?.expires_at?.slice(0, 16)
    this.element = h(
      'div',
      { class: 'form' },
      this.#field('name', 'Name', before?.name, { required: true, maxlength: 200 }),
      this.#field('tenant', 'Tenant', before?.tenant, { placeholder: 'default', maxlength: 200, disabled: before !== undefined }, before === undefined ? 'Who pays. It stays what it is.' : 'It stays what it is: what the key used is booked under it.'),
      this.#field('user', 'User', before?.user, { maxlength: 200 }),
      this.#field('owner', 'Owner', before?.owner, { maxlength: 200 }, 'Whom to ask about the key.'),
      this.#field('tier', 'Tier', before?.tier, { maxlength: 200 }, 'One of the configuration’s tiers, or none.'),
      this.#field('models', 'Models', before?.models.join(', '), {}, 'Aliases, separated by commas; none means all.'),
      this.#field('expires_at', 'Expires (UTC)', expires, { type: 'datetime-local' }),
      h('fieldset', { class: 'form' }, h('legend', {}, 'Limits of its own'),
        this.#number('requests_per_minute', 'Requests a minute', before?.limits?.requests_per_minute),
        this.#number('requests_per_day', 'Requests a day', before?.limits?.requests_per_day),
        this.#number('tokens_per_minute', 'Tokens a minute', before?.limits?.tokens_per_minute),
        this.#number('concurrent_requests', 'Requests at once', before?.limits?.concurrent_requests)),
      h('fieldset', { class: 'form' }, h('legend', {}, 'Budget'),
        this.#field('usd', 'US dollars', before?.budget?.usd.toString(), { type: 'number', min: 0, step: 'any' }),
        this.#period(before?.budget?.period ?? 'month')),
    )
  }

  /** What makes a key of these fields, with what is empty left out. */
  get made(): Fields {
    return Object.fromEntries(Object.entries(this.#all()).filter(([, value]) => value !== null))
  }

  /** A merge patch: what is another than it was, null where it was cleared. */
  get changes(): Fields {
    const was = new KeyForm(this.before).#all()
    return Object.fromEntries(Object.entries(this.#all()).filter(([name, value]) => name !== 'tenant' && JSON.stringify(value) !== JSON.stringify(was[name])))
  }

  #all(): Fields {
    const limits = Object.fromEntries(['requests_per_minute', 'requests_per_day', 'tokens_per_minute', 'concurrent_requests'].map((name) => [name, this.#amount(name)]))
    const models = this.#text('models')?.split(',').map((name) => name.trim()).filter((name) => name !== '') ?? null
    const [expires, usd] = [this.#text('expires_at'), this.#amount('usd')]
    return {
      name: this.#text('name'),
      tenant: this.#text('tenant'),
      user: this.#text('user'),
      owner: this.#text('owner'),
      tier: this.#text('tier'),
      models,
      expires_at: expires === null ? null : `${expires}${expires.length === 16 ? ':00' : ''}Z`,
      limits: Object.values(limits).every((limit) => limit === null) ? null : limits,
      budget: usd === null ? null : { usd, period: this.#text('period') },
    }
  }

  #text(name: string): string | null {
    const text = this.#inputs.get(name)?.value.trim() ?? ''
    return text === '' ? null : text
  }

  #amount(name: string): number | null {
    const text = this.#text(name)
    return text === null ? null : Number(text)
  }

  #field(name: string, title: string, value: string | null | undefined, attributes: Record<string, string | number | boolean> = {}, hint?: string): HTMLElement {
    const id = `key-field-${name}`
    const input = h('input', { id, autocomplete: 'off', spellcheck: 'false', ...attributes, ...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }) })
    input.value = value ?? ''
    this.#inputs.set(name, input)
    return h('div', {}, h('label', { class: 'field', for: id }, title, input), hint !== undefined && h('p', { class: 'hint', id: `${id}-hint` }, hint))
  }

  #number(name: string, title: string, value: number | null | undefined): HTMLElement {
    return this.#field(name, title, value?.toString(), { type: 'number', min: 1, step: 1, placeholder: 'The tier’s' })
  }

  #period(chosen: string): HTMLElement {
    const select = h('select', { id: 'key-field-period', class: 'select' }, ...['day', 'month'].map((period) => h('option', { value: period, selected: period === chosen }, `a ${period}`)))
    this.#inputs.set('period', select)
    return h('label', { class: 'field', for: 'key-field-period' }, 'Each', select)
  }
}
