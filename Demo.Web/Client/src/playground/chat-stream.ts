import type { Gateway } from '../shared/api/gateway'
import { GatewayError } from '../shared/api/gateway-error'
import { readEvents, type ServerSentEvent } from '../shared/api/server-sent-events'
import type { ChatEvent } from './chat-event'
import type { ChatRequest } from './chat-request'
import { readDetails } from './gateway-details'

const simulatedFingerprint = 'simulated'
const toolComment = 'gateway-tool '

interface Chunk {
  readonly model?: string
  readonly system_fingerprint?: string | null
  readonly choices?: readonly { readonly delta?: { readonly content?: string | null }; readonly finish_reason?: string | null }[]
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null
  readonly gateway?: unknown
}

/**
 * Sends a request and tells what comes. It ends in order only where the answer was whole; everything else is a GatewayError, with a status of 0
 * where the connection was lost.
 */
export async function* streamChat(gateway: Gateway, request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  const body = { ...request, stream: true, stream_options: { include_usage: true } }
  const response = await gateway.post('/v1/chat/completions', body, { signal, headers: { 'x-gateway-details': 'true' } })
  yield { kind: 'head', target: response.headers.get('x-gateway-target') ?? undefined, cache: response.headers.get('x-gateway-cache') ?? undefined }
  let isWhole = false
  for await (const event of eventsOf(response, signal)) {
    if (event.data === '[DONE]') {
      isWhole = true
    } else {
      yield* chatEvents(event)
    }
  }

  if (!isWhole) {
    throw new GatewayError(0, undefined, 'The connection ended before the answer did.')
  }
}

async function* eventsOf(response: Response, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
  try {
    if (response.body !== null) {
      yield* readEvents(response.body)
    }
  } catch (failure) {
    throw signal.aborted ? failure : new GatewayError(0, undefined, 'The connection was lost.')
  }
}

function* chatEvents(event: ServerSentEvent): Generator<ChatEvent> {
  if (event.comment?.startsWith(toolComment) === true) {
    yield* toolEvents(event.comment.slice(toolComment.length))
    return
  }

  if (event.data === undefined) {
    return
  }

  const json = parse(event.data)
  const error = GatewayError.inStream(json)
  if (error !== undefined) {
    throw error
  }

  yield* chunkEvents(json)
}

function* chunkEvents(chunk: Chunk): Generator<ChatEvent> {
  if (typeof chunk.model === 'string') {
    yield { kind: 'model', model: chunk.model, isSimulated: chunk.system_fingerprint === simulatedFingerprint }
  }

  const choice = chunk.choices?.[0]
  if (typeof choice?.delta?.content === 'string' && choice.delta.content !== '') {
    yield { kind: 'text', text: choice.delta.content }
  }

  if (typeof choice?.finish_reason === 'string') {
    yield { kind: 'finish', reason: choice.finish_reason }
  }

  if (typeof chunk.usage === 'object' && chunk.usage !== null) {
    yield { kind: 'usage', promptTokens: chunk.usage.prompt_tokens ?? 0, completionTokens: chunk.usage.completion_tokens ?? 0, details: readDetails(chunk.gateway) }
  }
}

// : gateway-tool {"server":"products","tool":"search_catalog","state":"started"}
function* toolEvents(text: string): Generator<ChatEvent> {
  const activity = parse(text) as { server?: unknown; tool?: unknown; state?: unknown }
  if (typeof activity.server === 'string' && typeof activity.tool === 'string' && typeof activity.state === 'string') {
    yield { kind: 'tool', activity: { server: activity.server, tool: activity.tool, state: activity.state } }
  }
}

function parse(text: string): object {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null) {
      return json
    }
  } catch {
    // What is not JSON is no part of an answer, which is said below.
  }

  throw new GatewayError(502, undefined, 'Part of the answer could not be read.')
}
