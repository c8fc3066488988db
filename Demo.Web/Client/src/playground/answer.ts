import type { ChatEvent, ToolActivity } from './chat-event'
import type { ChatRequest } from './chat-request'
import type { Product, ToolCall } from './gateway-details'
import type { Problem } from './problem'

export type AnswerState = 'waiting' | 'streaming' | 'complete' | 'stopped' | 'failed'

/** All that is known of an answer; it grows while the answer comes. */
export interface Answer {
  readonly request: ChatRequest
  readonly startedAt: number
  state: AnswerState
  text: string
  model?: string
  isSimulated: boolean
  target?: string
  cache?: string
  firstTokenMs?: number
  durationMs?: number
  promptTokens?: number
  completionTokens?: number
  costUsd?: number | null
  finishReason?: string
  activities: ToolActivity[]
  toolCalls: readonly ToolCall[]
  products: readonly Product[]
  problem?: Problem
}

export function newAnswer(request: ChatRequest, now: number): Answer {
  return { request, startedAt: now, state: 'waiting', text: '', isSimulated: false, activities: [], toolCalls: [], products: [] }
}

export function apply(answer: Answer, event: ChatEvent, now: number): void {
  switch (event.kind) {
    case 'head':
      assign(answer, { target: event.target, cache: event.cache })
      break
    case 'model':
      answer.model = event.model
      answer.isSimulated ||= event.isSimulated
      break
    case 'text':
      answer.state = 'streaming'
      answer.firstTokenMs ??= now - answer.startedAt
      answer.text += event.text
      break
    case 'tool':
      answer.activities = [...answer.activities.filter((known) => !isSame(known, event.activity)), event.activity]
      break
    case 'finish':
      answer.finishReason = event.reason
      break
    case 'usage':
      answer.promptTokens = event.promptTokens
      answer.completionTokens = event.completionTokens
      answer.toolCalls = event.details.toolCalls
      answer.products = event.details.products
      assign(answer, { target: event.details.target, costUsd: event.details.costUsd })
      break
  }
}

function isSame(one: ToolActivity, other: ToolActivity): boolean {
  return one.server === other.server && one.tool === other.tool && one.state === 'started'
}

// What a later event does not say is not forgotten.
function assign(answer: Answer, facts: { [K in 'target' | 'cache' | 'costUsd']?: Answer[K] | undefined }): void {
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined) {
      Object.assign(answer, { [name]: value })
    }
  }
}
