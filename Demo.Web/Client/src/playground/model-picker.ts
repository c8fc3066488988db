import type { Gateway } from '../shared/api/gateway'
import { byId, h } from '../shared/dom'

interface ModelList {
  readonly data: readonly { readonly id: string }[]
}

/** The models that the visitor's key may use. */
export class ModelPicker {
  readonly #select = byId('model', 'select')

  constructor(private readonly gateway: Gateway) {}

  async load(): Promise<void> {
    const list = await this.gateway.get<ModelList>('/v1/models')
    const chosen = this.#select.value
    const ids = list.data.map((model) => model.id).filter(answersQuestions)
    if (ids.length > 0) {
      this.#select.replaceChildren(...ids.map((id) => h('option', { value: id, selected: id === chosen }, id)))
    }
  }
}

// The list does not say what a model is for; those for embeddings say it in their names.
function answersQuestions(id: string): boolean {
  return !/embed/i.test(id)
}
