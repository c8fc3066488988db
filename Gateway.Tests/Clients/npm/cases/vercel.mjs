import assert from 'node:assert/strict'
import { chatModel, client, embeddingModel } from '../gateway.mjs'
import { assertCity, citySchema } from './structured.mjs'

const question = 'What is the weather in Paris and in Rome?'

// Loaded late, so that a Node.js too old for the AI SDK fails these cases alone.
async function load() {
  const [sdk, { createOpenAICompatible }] = await Promise.all([import('ai'), import('@ai-sdk/openai-compatible')])
  const provider = createOpenAICompatible({ name: 'gateway', baseURL: client.baseURL, apiKey: client.apiKey, includeUsage: true, supportsStructuredOutputs: true })
  return { ...sdk, model: provider(chatModel), embeddings: provider.textEmbeddingModel(embeddingModel) }
}

function weatherOf({ jsonSchema, tool }, asked) {
  const inputSchema = jsonSchema({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] })
  return tool({
    description: 'Current weather of a city',
    inputSchema,
    execute: async ({ city }) => {
      asked.push(city)
      return { sky: 'sunny' }
    },
  })
}

export const vercel = {
  'a question gets an answer and its usage': async () => {
    const { generateText, model } = await load()
    const { text, finishReason, usage } = await generateText({ model, prompt: 'Say exactly: Good morning.' })
    assert.deepEqual([text, finishReason], ['Good morning.', 'stop'])
    assert.equal(usage.totalTokens, usage.inputTokens + usage.outputTokens)
  },

  'an answer is streamed': async () => {
    const { streamText, model } = await load()
    const stream = streamText({ model, prompt: 'Say exactly: Good morning.' })
    const pieces = []
    for await (const piece of stream.textStream) {
      pieces.push(piece)
    }
    assert.equal(pieces.join(''), 'Good morning.')
    assert.equal(await stream.finishReason, 'stop')
    assert.ok((await stream.usage).totalTokens > 0)
  },

  'tools are called and their results answered': async () => {
    const sdk = await load()
    const asked = []
    const { text } = await sdk.generateText({ model: sdk.model, prompt: question, tools: { get_weather: weatherOf(sdk, asked) }, stopWhen: sdk.stepCountIs(3) })
    assert.deepEqual(asked, ['Paris', 'Rome'])
    assert.match(text, /sunny/)
  },

  'streamed tool calls are put together': async () => {
    const sdk = await load()
    const asked = []
    const stream = sdk.streamText({ model: sdk.model, prompt: question, tools: { get_weather: weatherOf(sdk, asked) }, stopWhen: sdk.stepCountIs(3) })
    assert.match(await stream.text, /sunny/)
    assert.deepEqual(asked, ['Paris', 'Rome'])
  },

  'an answer has the form of its schema': async () => {
    const { generateObject, jsonSchema, model } = await load()
    const { object } = await generateObject({ model, schema: jsonSchema(citySchema), prompt: 'Describe Vienna, on the Danube.' })
    assertCity(object)
  },

  'texts become vectors': async () => {
    const { embedMany, embeddings } = await load()
    const reply = await embedMany({ model: embeddings, values: ['a red bicycle', 'a blue kettle'] })
    assert.deepEqual(reply.embeddings.map((vector) => vector.length), [384, 384])
  },
}
