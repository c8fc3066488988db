// Uses the product server at the given address as any TypeScript program would, and prints what it got as one line of JSON.
// callTool refuses a result that does not fit the schema which tools/list has published.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const [address, key] = process.argv.slice(2)
const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
const client = new Client({ name: 'tests', version: '1.0.0' })
await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers } }))

const codeOf = promise => promise.then(() => undefined, error => error.code)
const call = (name, args) => client.callTool({ name, arguments: args })
const idsOf = result => result.structuredContent.products.map(product => product.id)

const { tools } = await client.listTools()
const found = await call('search_catalog', { catalog: { query: 'wireless keyboard', filters: { price: { max: 6000 }, available: true } } })
const nothing = await call('search_catalog', { catalog: { query: 'wireless keyboard', filters: { brands: ['Norden'], price: { max: 5000 } } } })
const relaxed = nothing.structuredContent.suggestions.find(suggestion => suggestion.arguments.catalog.filters.price === undefined)
const again = await call('search_catalog', relaxed.arguments)
await call('lookup_catalog', { catalog: { ids: ['kb-1', 'sh', 'nothing'] } })
await call('get_product', { catalog: { id: 'sh' } })
const missing = await call('get_product', { catalog: { id: 'kb-9' } })
const categories = await call('list_categories', {})
const resource = await client.readResource({ uri: 'product://pn-1' })
const prompt = await client.getPrompt({ name: 'compare_products', arguments: { ids: 'kb-1,kb-2' } })
const completed = await client.complete({ ref: { type: 'ref/prompt', name: 'compare_products' }, argument: { name: 'brand', value: 'no' } })

console.log(JSON.stringify({
  server: client.getServerVersion().name,
  tools: tools.map(tool => tool.name),
  found: idsOf(found),
  again: idsOf(again),
  isError: missing.isError,
  near: missing.structuredContent.messages[0].valid_values,
  unknownTool: await codeOf(call('buy_product', {})),
  read: JSON.parse(resource.contents[0].text).title,
  unknownResource: await codeOf(client.readResource({ uri: 'product://nothing' })),
  categories: categories.structuredContent.categories.length,
  prompt: prompt.messages.length,
  brands: completed.completion.values,
}))
await client.close()
