import { h } from '../../shared/dom'
import { pathAt } from './json-path'
import { allowedText, schemaAt, type Schema } from './schema'

const mostNames = 60

/** Says beside the editor what the key at the caret means, and what may stand there. */
export class SchemaHelp {
  readonly element = h('aside', { class: 'schema-help', 'aria-label': 'About the key at the caret' })
  #schema: Schema | undefined
  #shown = ''

  constructor(private readonly editor: HTMLTextAreaElement, private readonly inserted: () => void) {
    for (const event of ['keyup', 'click', 'input', 'focus']) {
      editor.addEventListener(event, () => { this.#show() })
    }
  }

  /** @param root the schema of gateway.json. */
  learn(root: Schema): void {
    this.#schema = root.properties?.Gateway
    this.#show()
  }

  #show(): void {
    if (this.#schema === undefined) {
      return
    }

    const { schema, path } = schemaAt(this.#schema, pathAt(this.editor.value, this.editor.selectionStart))
    if (this.#shown === path.join(':') && this.#shown !== '') {
      return
    }

    this.#shown = path.join(':')
    const names = Object.entries(schema.properties ?? {}).slice(0, mostNames)
    this.element.replaceChildren(
      h('h3', {}, ['Gateway', ...path].join(' › ')),
      h('p', {}, plain(schema.description ?? '')),
      h('p', { class: 'soft' }, allowedText(schema)),
      h('ul', { class: 'names' }, ...names.map(([name, one]) => h('li', {}, h('button', { type: 'button', class: 'link', title: `Insert ${name}`, onclick: () => { this.#insert(name, one) } }, name), ' ', h('span', { class: 'soft' }, plain(one.description ?? ''))))),
    )
  }

  #insert(name: string, schema: Schema): void {
    const usual = schema.default ?? ([schema.type].flat().includes('object') ? {} : [schema.type].flat().includes('array') ? [] : '')
    this.editor.focus()
    this.editor.setRangeText(`"${name}": ${JSON.stringify(usual)}`, this.editor.selectionStart, this.editor.selectionEnd, 'end')
    this.inserted()
  }
}

function plain(text: string): string {
  return text.replaceAll('`', '')
}
