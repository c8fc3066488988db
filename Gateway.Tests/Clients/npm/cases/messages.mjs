import assert from 'node:assert/strict'
import Anthropic from '@anthropic-ai/sdk'
import { anthropic, chatModel, cutAnthropic, strangersAnthropic } from '../gateway.mjs'

const ask = (content) => ({ model: chatModel, max_tokens: 500, messages: [{ role: 'user', content }] })
const greeting = ask('Say exactly: Good morning, Vienna.')
const weather = {
  name: 'get_weather',
  description: 'Current weather of a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}
const question = { ...ask('What is the weather in Paris and in Rome?'), tools: [weather] }
const picture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=' } }

const textOf = (message) => message.content.filter((block) => block.type === 'text').map((block) => block.text).join('')
const callsOf = (message) => message.content.filter((block) => block.type === 'tool_use')
const citiesOf = (message) => callsOf(message).map((call) => [call.name, call.input.city])
const parisAndRome = [['get_weather', 'Paris'], ['get_weather', 'Rome']]

async function refusalOf(call) {
  return await call.then(() => assert.fail('It was not refused.'), (refused) => refused)
}

export const messages = {
  'a question gets a message': async () => {
    const message = await anthropic.messages.create({ ...ask('Hello!'), system: 'Be brief.' })
    assert.equal(message.type, 'message')
    assert.equal(message.role, 'assistant')
    assert.equal(message.stop_reason, 'end_turn')
    assert.ok(textOf(message).length > 0)
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0)
    assert.ok(message._request_id.length > 0)
  },

  'blocks, system blocks and a picture are taken': async () => {
    const message = await anthropic.messages.create({
      model: chatModel,
      max_tokens: 500,
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'What is this?' }, picture] },
        { role: 'assistant', content: [{ type: 'text', text: 'A dot.' }] },
        { role: 'user', content: 'Are you sure?' },
      ],
    })
    assert.equal(message.stop_reason, 'end_turn')
  },

  'the limit of tokens ends an answer': async () => {
    const message = await anthropic.messages.create({ ...ask('Tell me about rivers and lakes.'), max_tokens: 3 })
    assert.equal(message.stop_reason, 'max_tokens')
    assert.ok(message.usage.output_tokens <= 3)
  },

  'an answer comes in events that make it whole': async () => {
    const whole = await anthropic.messages.create(greeting)
    const types = []
    let text = ''
    for await (const event of await anthropic.messages.create({ ...greeting, stream: true })) {
      types.push(event.type)
      text += event.delta?.text ?? ''
    }
    assert.equal(text, 'Good morning, Vienna.')
    assert.equal(textOf(whole), text)
    assert.deepEqual([types[0], types[1], types.at(-3), types.at(-2), types.at(-1)], ['message_start', 'content_block_start', 'content_block_stop', 'message_delta', 'message_stop'])
  },

  'the stream helper gives text and the whole message': async () => {
    let text = ''
    const stream = anthropic.messages.stream(greeting).on('text', (piece) => { text += piece })
    const message = await stream.finalMessage()
    assert.equal(text, 'Good morning, Vienna.')
    assert.equal(textOf(message), text)
    assert.equal(message.stop_reason, 'end_turn')
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0)
  },

  'one question calls a tool twice': async () => {
    const message = await anthropic.messages.create(question)
    assert.equal(message.stop_reason, 'tool_use')
    assert.deepEqual(citiesOf(message), parisAndRome)
  },

  'one call at a time comes where that is asked for': async () => {
    const message = await anthropic.messages.create({ ...question, tool_choice: { type: 'auto', disable_parallel_tool_use: true } })
    assert.deepEqual(citiesOf(message), parisAndRome.slice(0, 1))
  },

  'a named tool is called': async () => {
    const message = await anthropic.messages.create({ ...ask('Tell me about Oslo.'), tools: [weather], tool_choice: { type: 'tool', name: 'get_weather' } })
    assert.equal(message.stop_reason, 'tool_use')
    assert.deepEqual(citiesOf(message), [['get_weather', 'Oslo']])
  },

  'streamed calls are put together by the helper': async () => {
    const message = await anthropic.messages.stream(question).finalMessage()
    assert.equal(message.stop_reason, 'tool_use')
    assert.deepEqual(citiesOf(message), parisAndRome)
  },

  'results of tools come back in the answer': async () => {
    const message = await anthropic.messages.create(question)
    const results = callsOf(message).map((call, index) => ({ type: 'tool_result', tool_use_id: call.id, content: JSON.stringify({ sky: ['sunny', 'cloudy'][index] }) }))
    const answer = await anthropic.messages.create({
      ...question, messages: [...question.messages, { role: 'assistant', content: message.content }, { role: 'user', content: results }],
    })
    assert.match(textOf(answer), /sunny.*cloudy/s)
  },

  'the tool runner calls the functions and ends with an answer': async () => {
    const asked = []
    const run = ({ city }) => {
      asked.push(city)
      return JSON.stringify({ sky: 'sunny', city })
    }
    const message = await anthropic.beta.messages.toolRunner({ ...question, tools: [{ ...weather, run, parse: (input) => input }] })
    assert.deepEqual(asked, ['Paris', 'Rome'])
    assert.match(textOf(message), /sunny/)
  },

  'tokens are counted': async () => {
    const few = await anthropic.messages.countTokens({ model: chatModel, messages: [{ role: 'user', content: 'Hello!' }] })
    const many = await anthropic.messages.countTokens({ model: chatModel, messages: [{ role: 'user', content: 'Hello! '.repeat(100) }], tools: [weather] })
    assert.ok(few.input_tokens > 0 && many.input_tokens > few.input_tokens)
  },

  'an answer that breaks off is an error': async () => {
    const error = await refusalOf(cutAnthropic.messages.stream(ask('Tell me about rivers and lakes.')).finalMessage())
    assert.ok(error instanceof Anthropic.APIError, error.stack)
    assert.equal(error.error.error.type, 'api_error')
  },

  'a request at fault is a BadRequestError': async () => {
    const error = await refusalOf(anthropic.messages.create({ ...ask('Hello!'), temperature: 9 }))
    assert.ok(error instanceof Anthropic.BadRequestError, error.stack)
    assert.equal(error.error.error.type, 'invalid_request_error')
    assert.ok(error.requestID.length > 0)
  },

  'a tool that Anthropic runs is refused by its type': async () => {
    const error = await refusalOf(anthropic.messages.create({ ...ask('Hello!'), tools: [{ type: 'web_search_20250305', name: 'web_search' }] }))
    assert.ok(error instanceof Anthropic.BadRequestError, error.stack)
    assert.match(error.message, /web_search_20250305/)
  },

  'a wrong key is an AuthenticationError': async () => {
    const error = await refusalOf(strangersAnthropic.messages.create(ask('Hello!')))
    assert.ok(error instanceof Anthropic.AuthenticationError, error.stack)
    assert.ok(!error.message.includes(strangersAnthropic.apiKey))
  },

  'an unknown model is a NotFoundError': async () => {
    const error = await refusalOf(anthropic.messages.create({ ...ask('Hello!'), model: 'claude-17' }))
    assert.ok(error instanceof Anthropic.NotFoundError, error.stack)
  },
}
