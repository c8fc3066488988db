export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** What the page says in a request; code for other languages is made of the same. */
export interface ChatRequest {
  readonly model: string
  readonly messages: readonly ChatMessage[]
  readonly temperature?: number
  readonly max_tokens?: number
  readonly tools?: readonly McpTool[]
}

export interface McpTool {
  readonly type: 'mcp'
  readonly server_label: string
  readonly server_url: string
  readonly require_approval: 'never'
}

/** The gateway looks products up for the model, without asking for each look-up. */
export const productTool: McpTool = { type: 'mcp', server_label: 'products', server_url: 'gateway/mcp/products', require_approval: 'never' }
