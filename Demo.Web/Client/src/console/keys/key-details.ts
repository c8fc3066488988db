import { h } from '../../shared/dom'
import { momentText } from '../parts/moment'
import { Section } from '../parts/section'
import { problem } from '../parts/states'
import { linkTo } from '../place'
import { confirm, type Question } from '../parts/confirm'
import { recentRequests } from '../requests/recent-requests'
import { budgetBar } from '../overview/budgets-panel'
import type { ApiKey, Budget, Page } from '../api/types'
import type { Desk } from '../view'
import { KeyDialog } from './key-dialog'
import { statusBadge } from './key-list'
import { limitsText } from './limits-text'
import { secretOnce } from './secret-once'

const dayOfSeconds = 86_400

/** One key: what it may do, what it did last, and everything that can be done with it. */
export class KeyDetails {
  readonly element: HTMLElement
  readonly #trouble = h('div')
  readonly #sections: readonly Section<unknown>[]
  readonly #path: string
  readonly #forget: () => void

  constructor(private readonly desk: Desk, private readonly id: string) {
    this.#path = `/admin/keys/${encodeURIComponent(id)}`
    const key = new Section<unknown>('', (signal) => desk.admin.get(this.#path, signal), (value) => this.#draw(value as ApiKey))
    const budgets = new Section<unknown>('Budget', (signal) => desk.admin.get('/admin/budgets?scope=key&limit=1000', signal), (page) => this.#budget(page as Page<Budget>))
    this.#sections = [key, budgets, recentRequests(desk, { key: id })]
    this.element = h('div', { class: 'page' }, this.#trouble, ...this.#sections.map((section) => section.element))
    this.#forget = desk.live.on(['key'], () => void key.load())
  }

  show(): void {
    this.#sections.forEach((section) => void section.load())
  }

  leave(): void {
    this.#forget()
    this.#sections.forEach((section) => { section.leave() })
  }

  #draw(key: ApiKey): Node[] {
    const isRevoked = key.status === 'revoked'
    return [
      h(
        'div',
        { class: 'page-bar' },
        h('h1', {}, h('a', { href: linkTo('keys') }, 'Keys'), ' / ', key.name),
        statusBadge(key),
        h('span', { class: 'spacer' }),
        ...(isRevoked
          ? []
          : [
              this.#button(key.disabled ? 'Enable' : 'Disable', () => this.#turn(key), !key.disabled),
              this.#button('Change', () => { new KeyDialog(this.desk, key, () => void this.#sections[0]?.load()).open() }),
              this.#button('Rotate', () => this.#rotate(key)),
              this.#button('Revoke', () => this.#revoke(key), true),
            ]),
      ),
      h(
        'dl',
        { class: 'facts' },
        ...fact('Id', key.id),
        ...fact('Begins', `${key.prefix}…`),
        ...fact('Tenant', key.tenant),
        ...fact('User', key.user),
        ...fact('Owner', key.owner),
        ...fact('Tier', key.tier),
        ...fact('Models', key.models.length === 0 ? 'all' : key.models.join(', ')),
        ...fact('Tools', key.tools.length === 0 ? 'all' : key.tools.join(', ')),
        ...fact('Own limits', limitsText(key) === '' ? 'none' : limitsText(key)),
        ...fact('Made', momentText(key.created_at)),
        ...fact('Expires', key.expires_at === null ? 'never' : momentText(key.expires_at)),
        ...fact('Rotated', key.rotated_at === null ? null : momentText(key.rotated_at)),
        ...fact('Old secret good until', key.previous_key_expires_at === null ? null : momentText(key.previous_key_expires_at)),
        ...fact('Revoked', key.revoked_at === null ? null : momentText(key.revoked_at)),
      ),
    ]
  }

  #budget(page: Page<Budget>): Node {
    const own = page.data.filter((budget) => budget.key === this.id)
    return own.length === 0 ? h('p', { class: 'soft' }, 'It has no budget of its own or of its tier.') : h('ul', { class: 'rows budgets' }, ...own.map(budgetBar))
  }

  #button(title: string, done: () => unknown, isDangerous = false): HTMLElement {
    return h('button', { type: 'button', class: `button ${isDangerous ? 'danger-quiet' : ''}`, onclick: () => void done() }, title)
  }

  #turn(key: ApiKey): Promise<void> {
    return key.disabled
      ? this.#do({ title: `Enable ${key.name}?`, consequences: ['Its requests are answered again, within a second at every replica.'], action: 'Enable' }, () => this.desk.admin.change('PATCH', this.#path, { disabled: false }))
      : this.#do(
          { title: `Disable ${key.name}?`, consequences: ['Every new request with it is refused with 401, within a second at every replica.', 'Requests under way end as they would have.', 'It can be enabled again at any time.'], action: 'Disable', isDangerous: true },
          () => this.desk.admin.change('PATCH', this.#path, { disabled: true }),
        )
  }

  #revoke(key: ApiKey): Promise<void> {
    return this.#do(
      { title: `Revoke ${key.name} for good?`, consequences: ['Every new request with it is refused with 401, within a second at every replica.', 'This cannot be undone: whoever uses it needs a new key.', 'What it used stays in the ledger.'], action: 'Revoke for good', isDangerous: true },
      () => this.desk.admin.change('DELETE', this.#path),
    )
  }

  #rotate(key: ApiKey): Promise<void> {
    return this.#do(
      { title: `Rotate ${key.name}?`, consequences: ['It gets a new secret, shown once.', 'The old one stays good for 24 hours, so that whoever uses it has time to change.'], action: 'Rotate' },
      async () => {
        const rotated = await this.desk.admin.change<ApiKey>('POST', `${this.#path}/rotate`, { overlap_seconds: dayOfSeconds })
        const dialog = h('dialog', { 'aria-labelledby': 'key-dialog-title', onclose: () => { dialog.remove() } })
        dialog.append(...secretOnce(rotated, () => { dialog.close() }))
        document.body.append(dialog)
        dialog.showModal()
      },
    )
  }

  async #do(question: Question, act: () => Promise<unknown>): Promise<void> {
    if (!(await confirm(question))) {
      return
    }

    this.#trouble.replaceChildren()
    try {
      await act()
      await this.#sections[0]?.load()
    } catch (failure) {
      this.#trouble.replaceChildren(problem(failure))
    }
  }
}

function fact(title: string, value: string | null): Node[] {
  return value === null ? [] : [h('dt', {}, title), h('dd', {}, value)]
}
