import { h } from './dom'
import { icon } from './icon'

/** A button that turns the page light or dark. Until it is used the system decides; public/theme.js brings the choice back. */
export function themeButton(): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'button quiet square', onclick: () => { turn(button) } })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { show(button) })
  show(button)
  return button
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme
  return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark'
}

function turn(button: HTMLButtonElement): void {
  const theme = isDark() ? 'light' : 'dark'
  document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem('theme', theme)
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }

  show(button)
}

function show(button: HTMLButtonElement): void {
  const label = isDark() ? 'Light theme' : 'Dark theme'
  button.setAttribute('aria-label', label)
  button.title = label
  button.replaceChildren(icon(isDark() ? 'sun' : 'moon'))
}
