import { byId } from '../shared/dom'

/** Shows and hides the settings. Where there is room for them beside the conversation, they are there from the start. */
export class SettingsPanel {
  readonly #panel = byId('settings', 'aside')
  readonly #button = byId('settings-button', 'button')

  constructor() {
    this.#button.addEventListener('click', () => { this.#show(this.#panel.hidden === true) })
    byId('settings-close', 'button').addEventListener('click', () => { this.#hide() })
    this.#panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !hasRoom().matches) {
        this.#hide()
      }
    })
    hasRoom().addEventListener('change', (room) => { this.#show(room.matches) })
    this.#show(hasRoom().matches)
  }

  #show(isShown: boolean): void {
    this.#panel.hidden = !isShown
    this.#button.setAttribute('aria-expanded', String(isShown))
    if (isShown && !hasRoom().matches) {
      this.#panel.querySelector<HTMLElement>('textarea')?.focus()
    }
  }

  #hide(): void {
    this.#show(false)
    this.#button.focus()
  }
}

// As in playground.css.
function hasRoom(): MediaQueryList {
  return matchMedia('(min-width: 68rem)')
}
