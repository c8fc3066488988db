import { GatewayError } from '../../shared/api/gateway-error'
import { readEvents } from '../../shared/api/server-sent-events'
import { Gateway } from '../../shared/api/gateway'

export interface FoundProduct {
  readonly id: string
  readonly title: string
  readonly brand?: string
  readonly variants?: readonly { readonly price?: { readonly amount: number; readonly currency: string }; readonly availability?: { readonly available: boolean } }[]
}

export interface SearchAnswer {
  /** What the model reads. */
  readonly text: string
  readonly products: readonly FoundProduct[]
}

interface ToolResult {
  readonly content?: readonly { readonly text?: string }[]
  readonly structuredContent?: { readonly products?: readonly FoundProduct[] }
}

interface Reply {
  readonly result?: ToolResult
  readonly error?: { readonly message?: string }
}

const protocolVersion = '2025-11-25'

/** Calls the product server's search through the gateway as an agent does: over MCP, with an API key. */
export async function searchProducts(key: string, query: string, limit: number): Promise<SearchAnswer> {
  const gateway = new Gateway()
  gateway.credential = key
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'search_catalog', arguments: { catalog: { query, pagination: { limit } } } } }
  const response = await gateway.post('/mcp/products', call, { headers: { accept: 'application/json, text/event-stream', 'mcp-protocol-version': protocolVersion } })
  const reply = response.headers.get('content-type')?.startsWith('text/event-stream') === true ? await inStream(response) : ((await response.json()) as Reply)
  if (reply?.result === undefined) {
    throw new GatewayError(response.status, undefined, reply?.error?.message ?? 'The product server gave no result.')
  }

  return { text: (reply.result.content ?? []).map((part) => part.text ?? '').join('\n'), products: reply.result.structuredContent?.products ?? [] }
}

async function inStream(response: Response): Promise<Reply | undefined> {
  if (response.body !== null) {
    for await (const event of readEvents(response.body)) {
      const reply = event.data === undefined ? undefined : (JSON.parse(event.data) as Reply & { readonly id?: unknown })
      if (reply?.id !== undefined) {
        return reply
      }
    }
  }

  return undefined
}
