import { Lexer, type Token } from 'marked'
import { morph } from './morph'
import { isShown, renderBlock } from './render-block'

/**
 * Markdown that grows. Only what can still change is looked at again: the last block, since a block that another one follows is finished. What is
 * shown is made of nodes and text, never of parsed HTML, so that nothing in an answer can run.
 */
export class MarkdownView {
  #source = ''
  /** How much of the source is in finished blocks. */
  #finished = 0
  #finishedBlocks = 0

  constructor(private readonly element: HTMLElement) {}

  /** Shows a source that begins with the one before. */
  show(source: string): void {
    this.#source = source.replaceAll('\r\n', '\n')
    const tokens = lex(this.#source.slice(this.#finished))
    this.#put(tokens.filter(isShown).map(renderBlock))
    this.#finish(tokens)
  }

  /** Shows the whole once more if a later line may have changed an earlier block, as a link's definition does. */
  end(): void {
    if (/^ {0,3}\[[^\]]+\]:/m.test(this.#source)) {
      this.#finished = 0
      this.#finishedBlocks = 0
      this.#put(lex(this.#source).filter(isShown).map(renderBlock))
    }
  }

  #put(blocks: HTMLElement[]): void {
    const shown = [...this.element.children].slice(this.#finishedBlocks)
    blocks.forEach((block, i) => {
      const old = shown[i]
      if (old === undefined) {
        this.element.append(block)
      } else {
        morph(old, block)
      }
    })
    for (const left of shown.slice(blocks.length)) {
      left.remove()
    }
  }

  #finish(tokens: Token[]): void {
    const last = tokens.findLastIndex(isShown)
    for (const token of tokens.slice(0, Math.max(0, last))) {
      this.#finished += token.raw.length
      this.#finishedBlocks += isShown(token) ? 1 : 0
    }
  }
}

function lex(source: string): Token[] {
  return new Lexer({ gfm: true, breaks: true }).lex(source)
}
