import assert from 'node:assert/strict'
import { APIError, BadRequestError, NotFoundError } from 'openai'
import { chatModel, client, cutClient } from '../gateway.mjs'
import { assertCity, citySchema } from './structured.mjs'

const greeting = { model: chatModel, input: 'Say exactly: Good morning, Vienna.' }
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false }
const weather = { type: 'function', name: 'get_weather', description: 'Current weather of a city', parameters, strict: true }
const question = { model: chatModel, input: 'What is the weather in Paris and in Rome?', tools: [weather] }
const city = {
  model: chatModel,
  input: 'Describe Vienna, on the Danube.',
  text: { format: { type: 'json_schema', name: 'city', strict: true, schema: citySchema } },
}

const callsOf = (response) => response.output.filter((item) => item.type === 'function_call')
const citiesOf = (response) => callsOf(response).map((call) => [call.name, JSON.parse(call.arguments).city])
const parisAndRome = [['get_weather', 'Paris'], ['get_weather', 'Rome']]

export const responses = {
  'a question gets an answer and its usage': async () => {
    const response = await client.responses.create(greeting)
    assert.equal(response.output_text, 'Good morning, Vienna.')
    assert.equal(response.status, 'completed')
    assert.ok(response.usage.input_tokens > 0 && response.usage.output_tokens > 0)
    assert.equal(response.usage.total_tokens, response.usage.input_tokens + response.usage.output_tokens)
  },

  'instructions and messages of every role are taken': async () => {
    const response = await client.responses.create({
      model: chatModel,
      instructions: 'You are polite.',
      input: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: 'Be exact.' },
        { role: 'user', content: [{ type: 'input_text', text: 'Hello!' }] },
        { role: 'assistant', content: 'Hello to you.' },
        { role: 'user', content: 'Say exactly: All roles.' },
      ],
    })
    assert.equal(response.output_text, 'All roles.')
  },

  'an answer comes in events that make it whole': async () => {
    const events = []
    for await (const event of await client.responses.create({ ...greeting, stream: true })) {
      events.push(event)
    }
    assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, index) => index))
    assert.equal(events.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta).join(''), 'Good morning, Vienna.')
    assert.equal(events.at(-1).type, 'response.completed')
    assert.equal(events.at(-1).response.output[0].content[0].text, 'Good morning, Vienna.')
  },

  'the stream helper gives deltas and the final response': async () => {
    const pieces = []
    const stream = client.responses.stream(greeting).on('response.output_text.delta', (event) => pieces.push(event.delta))
    const response = await stream.finalResponse()
    assert.equal(pieces.join(''), 'Good morning, Vienna.')
    assert.equal(response.output_text, 'Good morning, Vienna.')
  },

  'an answer that breaks off is a failed response': async () => {
    const types = []
    for await (const event of await cutClient.responses.create({ model: chatModel, input: 'Tell me about rivers.', stream: true })) {
      types.push(event.type)
    }
    assert.equal(types.at(-1), 'response.failed')
    assert.ok(!types.includes('response.completed'))
  },

  'functions are called and their results answered': async () => {
    const first = await client.responses.create(question)
    assert.deepEqual(citiesOf(first), parisAndRome)
    const results = callsOf(first).map((call, index) => ({ type: 'function_call_output', call_id: call.call_id, output: JSON.stringify({ sky: ['sunny', 'cloudy'][index] }) }))
    const second = await client.responses.create({ ...question, input: [{ role: 'user', content: question.input }, ...first.output, ...results] })
    assert.match(second.output_text, /sunny.*cloudy/s)
  },

  'results go on from the response that called': async () => {
    const first = await client.responses.create(question)
    const input = callsOf(first).map((call) => ({ type: 'function_call_output', call_id: call.call_id, output: '{"sky":"sunny"}' }))
    const second = await client.responses.create({ model: chatModel, tools: [weather], previous_response_id: first.id, input })
    assert.match(second.output_text, /sunny/)
    assert.equal(second.previous_response_id, first.id)
  },

  'streamed calls are put together by the helper': async () => {
    assert.deepEqual(citiesOf(await client.responses.stream(question).finalResponse()), parisAndRome)
  },

  'parallel calls are left out where not wanted': async () => {
    assert.deepEqual(citiesOf(await client.responses.create({ ...question, parallel_tool_calls: false })), parisAndRome.slice(0, 1))
  },

  'a named function is called': async () => {
    const response = await client.responses.create({ ...question, input: 'Tell me about Oslo.', tool_choice: { type: 'function', name: 'get_weather' } })
    assert.deepEqual(citiesOf(response), [['get_weather', 'Oslo']])
  },

  'an answer has the form of its schema': async () => {
    assertCity(JSON.parse((await client.responses.create(city)).output_text))
  },

  'parse reads the answer': async () => {
    const format = { ...city.text.format, $brand: 'auto-parseable-response-format', $parseRaw: JSON.parse }
    assertCity((await client.responses.parse({ ...city, text: { format } })).output_parsed)
  },

  'a stored response is fetched and deleted, and its input listed': async () => {
    const made = await client.responses.create({ ...greeting, metadata: { topic: 'greeting' } })
    const fetched = await client.responses.retrieve(made.id)
    assert.equal(fetched.output_text, made.output_text)
    assert.deepEqual(fetched.metadata, { topic: 'greeting' })
    const items = []
    for await (const item of client.responses.inputItems.list(made.id)) {
      items.push(item.content[0].text)
    }
    assert.deepEqual(items, [greeting.input])
    await client.responses.delete(made.id)
    await assert.rejects(client.responses.retrieve(made.id), NotFoundError)
  },

  'a response in the background is polled': async () => {
    let response = await client.responses.create({ ...greeting, background: true })
    assert.equal(response.status, 'queued')
    while (response.status === 'queued' || response.status === 'in_progress') {
      response = await client.responses.retrieve(response.id)
    }
    assert.equal(response.status, 'completed')
    assert.equal(response.output_text, 'Good morning, Vienna.')
  },

  'a tool that is not there is a BadRequestError': async () => {
    await assert.rejects(client.responses.create({ ...greeting, tools: [{ type: 'web_search' }] }), (error) => {
      assert.ok(error instanceof BadRequestError && error instanceof APIError)
      assert.equal(error.param, 'tools[0].type')
      return true
    })
  },
}
