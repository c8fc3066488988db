import assert from 'node:assert/strict'
import { chatModel, client, productsUrl } from '../gateway.mjs'

const question = 'Search the catalogue for a wireless keyboard under 60 dollars in stock'
const messages = [{ role: 'user', content: question }]
const products = { type: 'mcp', server_label: 'products', server_url: 'gateway/mcp/products', require_approval: 'never' }
const isFound = (text) => assert.match(text, /Keyline Slim Wireless Keyboard/)

export const catalogue = {
  'a model with tools finds products': async () => {
    const answer = await client.chat.completions.create({ model: chatModel, messages, tools: [products] }, { headers: { 'x-gateway-details': 'true' } })
    isFound(answer.choices[0].message.content)
    assert.equal(answer.choices[0].finish_reason, 'stop')
    assert.equal(answer.gateway.tool_calls[0].tool, 'search_catalog')
    assert.ok(answer.gateway.products.some((product) => product.id === 'kb-1' && product.price === 49.99 && product.currency === 'USD'))
  },

  'a model with tools finds products, streamed': async () => {
    const stream = client.chat.completions.stream({ model: chatModel, messages, tools: [products], stream_options: { include_usage: true } })
    const pieces = []
    stream.on('content', (piece) => pieces.push(piece))
    const answer = await stream.finalChatCompletion()
    assert.ok(pieces.length > 1)
    isFound(answer.choices[0].message.content)
    assert.ok(answer.usage.total_tokens > 0)
  },

  'a model without tools is given products': async () => {
    const stream = await client.chat.completions.create({ model: chatModel, messages: [{ role: 'user', content: 'a wireless keyboard under 60 dollars in stock' }], product_context: {}, stream: true })
    let text = ''
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? ''
    }
    isFound(text)
  },

  'a response tells of its calls': async () => {
    const response = await client.responses.create({ model: chatModel, input: question, tools: [products] })
    assert.deepEqual(response.output.map((item) => item.type), ['mcp_list_tools', 'mcp_call', 'message'])
    isFound(response.output[1].output)
    isFound(response.output_text)
  },

  'a response is streamed': async () => {
    const types = new Set()
    const stream = client.responses.stream({ model: chatModel, input: question, tools: [products] })
    for await (const event of stream) {
      types.add(event.type)
    }
    const response = await stream.finalResponse()
    assert.ok(types.has('response.mcp_call.completed'))
    isFound(response.output_text)
  },

  'a call is approved, and the conversation goes on': async () => {
    const careful = { ...products, require_approval: 'always' }
    const first = await client.responses.create({ model: chatModel, input: question, tools: [careful] })
    const request = first.output.find((item) => item.type === 'mcp_approval_request')
    assert.equal(request.name, 'search_catalog')
    const second = await client.responses.create({
      model: chatModel,
      previous_response_id: first.id,
      input: [{ type: 'mcp_approval_response', approval_request_id: request.id, approve: true }],
      tools: [careful],
    })
    assert.equal(second.output.find((item) => item.type === 'mcp_call').approval_request_id, request.id)
    isFound(second.output_text)
  },

  "LangChain's agent asks the server itself": async () => {
    const { MultiServerMCPClient } = await import('@langchain/mcp-adapters')
    const { ChatOpenAI } = await import('@langchain/openai')
    const { createAgent } = await import('langchain')
    const servers = new MultiServerMCPClient({
      mcpServers: { products: { transport: 'http', url: productsUrl, headers: { Authorization: `Bearer ${client.apiKey}` } } },
    })
    try {
      const model = new ChatOpenAI({ apiKey: client.apiKey, configuration: { baseURL: client.baseURL }, maxRetries: 0, model: chatModel })
      const agent = createAgent({ model, tools: await servers.getTools() })
      let text = ''
      for await (const [message] of await agent.stream({ messages }, { streamMode: 'messages' })) {
        text += message.getType() === 'ai' ? message.content : ''
      }
      isFound(text)
    } finally {
      await servers.close()
    }
  },
}
