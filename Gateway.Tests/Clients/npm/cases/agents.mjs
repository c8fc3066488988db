import { chatModel, client, productsUrl } from '../gateway.mjs'
import { isFound, question } from './catalogue.mjs'

export const agents = {
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
      for await (const [message] of await agent.stream({ messages: [{ role: 'user', content: question }] }, { streamMode: 'messages' })) {
        text += message.getType() === 'ai' ? message.content : ''
      }
      isFound(text)
    } finally {
      await servers.close()
    }
  },
}
