import { announce } from './announce'
import { h } from './dom'
import { icon } from './icon'

const shownMs = 1500

/** Copies a text; says so in the button for a moment, and to those who listen. */
export async function copy(text: string, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    announce('Copying is not allowed here.')
    return
  }

  announce('Copied.')
  const before = [...button.childNodes]
  button.replaceChildren(icon('check'), 'Copied')
  button.classList.add('is-done')
  setTimeout(() => {
    button.replaceChildren(...before)
    button.classList.remove('is-done')
  }, shownMs)
}

export function copyButton(text: () => string, label = 'Copy'): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'button quiet small', onclick: () => void copy(text(), button) }, icon('copy'), label)
  return button
}
