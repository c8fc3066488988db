import assert from 'node:assert/strict'
import { ask, chatModel, client, servedChatModel } from '../gateway.mjs'

export const chat = {
  'a question gets a whole answer': async () => {
    const answer = await client.chat.completions.create(ask('Say exactly: Good morning, Vienna.'))
    const { message, finish_reason, index } = answer.choices[0]
    assert.equal(message.content, 'Good morning, Vienna.')
    assert.deepEqual([answer.choices.length, index, message.role, finish_reason], [1, 0, 'assistant', 'stop'])
    assert.deepEqual([answer.object, answer.model], ['chat.completion', servedChatModel])
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens)
  },

  'messages of every role are taken': async () => {
    const answer = await client.chat.completions.create({
      model: chatModel,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: 'Answer in English.' },
        { role: 'user', content: 'What is 2 + 2?', name: 'anna' },
        { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'add', arguments: '{"a":2,"b":2}' } }] },
        { role: 'tool', tool_call_id: 'call_1', content: '4' },
        { role: 'assistant', content: 'It is 4.' },
        { role: 'user', content: [{ type: 'text', text: 'Say exactly: Thank you.' }] },
      ],
    })
    assert.equal(answer.choices[0].message.content, 'Thank you.')
  },

  'two choices come where two are asked for': async () => {
    const answer = await client.chat.completions.create({ ...ask('Tell me about rivers.'), n: 2 })
    assert.deepEqual(answer.choices.map((choice) => choice.index), [0, 1])
    assert.notEqual(answer.choices[0].message.content, answer.choices[1].message.content)
  },

  'the request id of the reply is at hand': async () => {
    const { request_id } = await client.chat.completions.create(ask('Hello!')).withResponse()
    assert.match(request_id, /^req_[0-9a-f]{32}$/)
  },
}
