import type { Gateway } from '../shared/api/gateway'
import { GatewayError } from '../shared/api/gateway-error'
import { announce } from '../shared/announce'
import { apply, newAnswer, type Answer } from './answer'
import { AnswerView } from './answer-view'
import type { ChatMessage, ChatRequest } from './chat-request'
import { streamChat } from './chat-stream'
import { problemOf } from './problem'
import { QuestionView } from './question-view'

interface Turn {
  readonly question: QuestionView
  answer?: AnswerView
}

export interface ConversationEvents {
  /** An answer is on its way, or no longer. */
  readonly busy: (isBusy: boolean) => void
  /** Nobody answers at the gateway's address. */
  readonly away: () => void
  readonly emptied: () => void
  readonly showCode: (answer: Answer) => void
}

/** What was asked and answered. One answer comes at a time. */
export class Conversation {
  readonly #turns: Turn[] = []
  #underWay: AbortController | undefined

  constructor(
    private readonly gateway: Gateway,
    private readonly element: HTMLElement,
    private readonly requestFor: (messages: readonly ChatMessage[]) => ChatRequest,
    private readonly events: ConversationEvents,
  ) {}

  ask(text: string): void {
    this.stop()
    const turn: Turn = { question: new QuestionView(text, () => { this.#askFrom(turn) }) }
    this.element.append(turn.question.element)
    this.#turns.push(turn)
    this.#askFrom(turn)
  }

  stop(): void {
    this.#underWay?.abort()
    this.#end()
  }

  clear(): void {
    this.stop()
    this.#removeAfter(-1)
    this.events.emptied()
  }

  // What came after the question does not follow from its new answer.
  #askFrom(turn: Turn): void {
    this.stop()
    this.#removeAfter(this.#turns.indexOf(turn))
    turn.answer?.dispose()
    this.#turns.at(-2)?.answer?.removeRetry()
    const answer = newAnswer(this.requestFor(this.#messages()), performance.now())
    const view = new AnswerView(answer, { retry: () => { this.#askFrom(turn) }, showCode: this.events.showCode })
    turn.answer = view
    turn.question.element.after(view.element)
    void this.#receive(view)
  }

  async #receive(view: AnswerView): Promise<void> {
    const { answer } = view
    const underWay = new AbortController()
    this.#underWay = underWay
    this.events.busy(true)
    try {
      for await (const event of streamChat(this.gateway, answer.request, underWay.signal)) {
        apply(answer, event, performance.now())
        view.grew()
      }

      answer.state = 'complete'
    } catch (failure) {
      this.#fail(answer, failure, underWay.signal)
    }

    answer.durationMs = performance.now() - answer.startedAt
    view.ended()
    announce(said(answer))
    if (this.#underWay === underWay) {
      this.#end()
    }
  }

  #end(): void {
    this.#underWay = undefined
    this.events.busy(false)
  }

  #fail(answer: Answer, failure: unknown, signal: AbortSignal): void {
    if (signal.aborted) {
      answer.state = 'stopped'
      return
    }

    const error = failure instanceof GatewayError ? failure : new GatewayError(502, undefined, String(failure))
    answer.problem = problemOf(error, answer.text !== '', this.gateway.credential !== undefined)
    answer.state = 'failed'
    if (error.isAway) {
      this.events.away()
    }
  }

  #removeAfter(index: number): void {
    for (const turn of this.#turns.splice(index + 1)) {
      turn.answer?.dispose()
      turn.question.dispose()
    }
  }

  // A question that was never answered is not sent along: some models want the two in turn.
  #messages(): ChatMessage[] {
    const current = this.#turns.at(-1)
    return this.#turns.flatMap((turn): ChatMessage[] => {
      const question = { role: 'user' as const, content: turn.question.text }
      const answered = turn.answer?.answer.text ?? ''
      return turn === current ? [question] : answered === '' ? [] : [question, { role: 'assistant', content: answered }]
    })
  }
}

function said(answer: Answer): string {
  switch (answer.state) {
    case 'complete':
      return 'The answer is complete.'
    case 'stopped':
      return 'Stopped.'
    default:
      return `${answer.problem?.title ?? 'No answer'}. ${answer.problem?.advice ?? ''}`
  }
}
