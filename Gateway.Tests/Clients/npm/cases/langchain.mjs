import assert from 'node:assert/strict'
import { chatModel, client, embeddingModel } from '../gateway.mjs'
import { citySchema, assertCity } from './structured.mjs'

const question = 'What is the weather in Paris and in Rome?'
const settings = { apiKey: client.apiKey, configuration: { baseURL: client.baseURL }, maxRetries: 0 }

// Loaded late, so that a Node.js too old for LangChain fails these cases alone.
async function chat() {
  const { ChatOpenAI } = await import('@langchain/openai')
  return new ChatOpenAI({ ...settings, model: chatModel })
}

const weather = { type: 'function', function: { name: 'get_weather', description: 'Current weather of a city', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } } }
const callsOf = (message) => message.tool_calls.map((call) => [call.name, call.args])
const parisAndRome = [['get_weather', { city: 'Paris' }], ['get_weather', { city: 'Rome' }]]

export const langchain = {
  'a question gets an answer and its usage': async () => {
    const answer = await (await chat()).invoke('Say exactly: Good morning.')
    assert.equal(answer.content, 'Good morning.')
    assert.equal(answer.usage_metadata.total_tokens, answer.usage_metadata.input_tokens + answer.usage_metadata.output_tokens)
  },

  'an answer is streamed': async () => {
    const pieces = []
    for await (const chunk of await (await chat()).stream('Say exactly: Good morning.')) {
      pieces.push(chunk.content)
    }
    assert.equal(pieces.join(''), 'Good morning.')
  },

  'tools are called and their results answered': async () => {
    const { HumanMessage, ToolMessage } = await import('@langchain/core/messages')
    const model = (await chat()).bindTools([weather])
    const calls = await model.invoke(question)
    assert.deepEqual(callsOf(calls), parisAndRome)
    const results = calls.tool_calls.map((call) => new ToolMessage({ tool_call_id: call.id, content: '{"sky":"sunny"}' }))
    const answer = await model.invoke([new HumanMessage(question), calls, ...results])
    assert.match(answer.content, /sunny/)
  },

  'streamed tool calls add up': async () => {
    let whole
    for await (const chunk of await (await chat()).bindTools([weather]).stream(question)) {
      whole = whole ? whole.concat(chunk) : chunk
    }
    assert.deepEqual(callsOf(whole), parisAndRome)
  },

  'an answer has the form of its schema': async () => {
    const model = (await chat()).withStructuredOutput(citySchema, { name: 'city', method: 'jsonSchema', strict: true })
    assertCity(await model.invoke('Describe Vienna, on the Danube.'))
  },

  'texts become vectors': async () => {
    const { OpenAIEmbeddings } = await import('@langchain/openai')
    const vectors = await new OpenAIEmbeddings({ ...settings, model: embeddingModel }).embedDocuments(['a red bicycle', 'a blue kettle'])
    assert.deepEqual(vectors.map((vector) => vector.length), [384, 384])
  },
}
