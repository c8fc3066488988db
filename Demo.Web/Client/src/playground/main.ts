import '../shared/styles/tokens.css'
import '../shared/styles/base.css'
import '../shared/styles/controls.css'
import '../shared/styles/markdown.css'
import './playground.css'
import { Gateway } from '../shared/api/gateway'
import { copy } from '../shared/clipboard'
import { byId } from '../shared/dom'
import { themeButton } from '../shared/theme'
import { CodeDialog } from './code-dialog'
import { Composer } from './composer'
import { Conversation } from './conversation'
import { followEnd } from './follow-end'
import { GatewayWatch } from './gateway-watch'
import { ModelPicker } from './model-picker'
import { Settings } from './settings'
import { SettingsPanel } from './settings-panel'

const gateway = new Gateway()
const models = new ModelPicker(gateway)
const watch = new GatewayWatch(gateway, () => models.load())
const settings = new Settings(gateway, () => void watch.start())
const code = new CodeDialog()
const empty = byId('empty', 'section')
const turns = byId('turns', 'div')

const composer = new Composer((text) => { ask(text) }, () => { conversation.stop() })
const conversation = new Conversation(gateway, turns, (messages) => settings.requestFor(messages), {
  busy: (isBusy) => { composer.setBusy(isBusy) },
  away: () => void watch.start(),
  emptied: () => { empty.hidden = false },
  showCode: (answer) => { code.show(answer.request, gateway.credential !== undefined) },
})

function ask(text: string): void {
  empty.hidden = true
  conversation.ask(text)
}

byId('theme', 'span').append(themeButton())
byId('new', 'button').addEventListener('click', () => {
  conversation.clear()
  composer.focus()
})
for (const example of document.querySelectorAll<HTMLElement>('[data-example]')) {
  example.addEventListener('click', () => {
    settings.wantsProducts = 'products' in example.dataset
    ask(example.querySelector('.example-text')?.textContent ?? '')
    composer.focus()
  })
}

turns.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-copy-code]') : null
  const text = button?.closest('figure')?.querySelector('code')?.textContent
  if (button !== null && text !== undefined) {
    void copy(text, button)
  }
})
new SettingsPanel()
followEnd(byId('main', 'main'), turns)
void watch.start()
