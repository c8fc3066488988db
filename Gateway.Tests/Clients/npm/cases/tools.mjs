import assert from 'node:assert/strict'
import { ask, client } from '../gateway.mjs'

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const weather = { type: 'function', function: { name: 'get_weather', description: 'Current weather of a city', parameters } }
const question = { ...ask('What is the weather in Paris and in Rome?'), tools: [weather] }

const citiesOf = (calls) => calls.map((call) => [call.type, call.function.name, JSON.parse(call.function.arguments).city])
const parisAndRome = [['function', 'get_weather', 'Paris'], ['function', 'get_weather', 'Rome']]

export const tools = {
  'one question calls a tool twice in parallel': async () => {
    const { choices: [choice] } = await client.chat.completions.create(question)
    assert.equal(choice.finish_reason, 'tool_calls')
    assert.equal(choice.message.content, null)
    assert.deepEqual(citiesOf(choice.message.tool_calls), parisAndRome)
    assert.equal(new Set(choice.message.tool_calls.map((call) => call.id)).size, 2)
  },

  'parallel calls are left out where not wanted': async () => {
    const { choices: [choice] } = await client.chat.completions.create({ ...question, parallel_tool_calls: false })
    assert.deepEqual(citiesOf(choice.message.tool_calls), parisAndRome.slice(0, 1))
  },

  'a named tool is called': async () => {
    const { choices: [choice] } = await client.chat.completions.create({
      ...ask('Tell me about Oslo.'), tools: [weather], tool_choice: { type: 'function', function: { name: 'get_weather' } },
    })
    assert.deepEqual(citiesOf(choice.message.tool_calls), [['function', 'get_weather', 'Oslo']])
  },

  'streamed calls are put together by the helper': async () => {
    const answer = await client.chat.completions.stream(question).finalChatCompletion()
    assert.equal(answer.choices[0].finish_reason, 'tool_calls')
    assert.deepEqual(citiesOf(answer.choices[0].message.tool_calls), parisAndRome)
  },

  'results of tools come back in the answer': async () => {
    const { choices: [{ message }] } = await client.chat.completions.create(question)
    const results = message.tool_calls.map((call, index) => ({ role: 'tool', tool_call_id: call.id, content: JSON.stringify({ sky: ['sunny', 'cloudy'][index] }) }))
    const answer = await client.chat.completions.create({ ...question, messages: [...question.messages, message, ...results] })
    assert.match(answer.choices[0].message.content, /sunny.*cloudy/s)
  },

  'runTools calls the functions and ends with an answer': async () => {
    const asked = []
    const get_weather = ({ city }) => {
      asked.push(city)
      return { sky: 'sunny', city }
    }
    const tool = { type: 'function', function: { ...weather.function, function: get_weather, parse: JSON.parse } }
    const runner = client.chat.completions.runTools({ ...question, tools: [tool] })
    assert.match(await runner.finalContent(), /sunny/)
    assert.deepEqual(asked, ['Paris', 'Rome'])
  },

  'runTools streams too': async () => {
    const asked = []
    const tool = { type: 'function', function: { ...weather.function, function: ({ city }) => String(asked.push(city)), parse: JSON.parse } }
    const runner = client.chat.completions.runTools({ ...question, stream: true, tools: [tool] })
    assert.ok((await runner.finalContent()).length > 0)
    assert.deepEqual(asked, ['Paris', 'Rome'])
  },
}
