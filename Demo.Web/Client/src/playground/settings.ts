import type { Gateway } from '../shared/api/gateway'
import { byId } from '../shared/dom'
import { productTool, type ChatMessage, type ChatRequest } from './chat-request'

/** What the visitor has set for the next request. */
export class Settings {
  readonly #model = byId('model', 'select')
  readonly #products = byId('products', 'input')
  readonly #system = byId('system', 'textarea')
  readonly #temperature = byId('temperature', 'input')
  readonly #maxTokens = byId('max-tokens', 'input')
  readonly #key = byId('key', 'input')

  /** @param keyChanged told when another key, or none, is to be used. */
  constructor(gateway: Gateway, keyChanged: () => void) {
    this.#key.addEventListener('change', () => {
      const key = this.#key.value.trim()
      gateway.credential = key === '' ? undefined : key
      keyChanged()
    })
  }

  set wantsProducts(wanted: boolean) {
    this.#products.checked = wanted
  }

  requestFor(messages: readonly ChatMessage[]): ChatRequest {
    const system = this.#system.value.trim()
    const temperature = numberIn(this.#temperature)
    const maxTokens = numberIn(this.#maxTokens)
    return {
      model: this.#model.value,
      messages: system === '' ? messages : [{ role: 'system', content: system }, ...messages],
      ...(temperature === undefined ? {} : { temperature }),
      ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
      ...(this.#products.checked ? { tools: [productTool] } : {}),
    }
  }
}

// What is empty or out of range is left to the model.
function numberIn(field: HTMLInputElement): number | undefined {
  return field.value === '' || !field.checkValidity() ? undefined : field.valueAsNumber
}
