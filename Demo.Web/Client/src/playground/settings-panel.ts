import { byId } from '../shared/dom'

/** Shows and hides the settings. Until it is asked to, there they are where there is room for them beside the conversation, which the styles decide. */
export class SettingsPanel {
  readonly #panel = byId('settings', 'aside')
  readonly #button = byId('settings-button', 'button')

  constructor() {
    const room = matchMedia('(min-width: 68rem)')
    this.#button.addEventListener('click', () => { this.#show(!this.#isShown, room.matches) })
    byId('settings-close', 'button').addEventListener('click', () => { this.#hide() })
    this.#panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !room.matches) {
        this.#hide()
      }
    })
    room.addEventListener('change', () => {
      delete this.#panel.dataset.state
      this.#tell()
    })
    this.#tell()
  }

  get #isShown(): boolean {
    return this.#panel.checkVisibility()
  }

  #show(isShown: boolean, hasRoom: boolean): void {
    this.#panel.dataset.state = isShown ? 'open' : 'closed'
    this.#tell()
    if (isShown && !hasRoom) {
      this.#panel.querySelector<HTMLElement>('textarea')?.focus()
    }
  }

  #hide(): void {
    this.#panel.dataset.state = 'closed'
    this.#tell()
    this.#button.focus()
  }

  #tell(): void {
    this.#button.setAttribute('aria-expanded', String(this.#isShown))
  }
}
