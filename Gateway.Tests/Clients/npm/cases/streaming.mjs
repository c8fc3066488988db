import assert from 'node:assert/strict'
import { APIError } from 'openai'
import { ask, client, cutClient, finishOf, pacedClient } from '../gateway.mjs'

const greeting = ask('Say exactly: Good morning, Vienna.')
const lecture = ask('Tell me about rivers, lakes and mountains.')

async function collect(stream) {
  const chunks = []
  for await (const chunk of stream) {
    chunks.push(chunk)
  }
  return chunks
}

export const streaming = {
  'an answer comes in pieces that make it whole': async () => {
    const chunks = await collect(await client.chat.completions.create({ ...greeting, stream: true }))
    assert.equal(chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join(''), 'Good morning, Vienna.')
    assert.equal(chunks[0].choices[0].delta.role, 'assistant')
    assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1)
    assert.deepEqual(chunks.map((chunk) => chunk.choices[0].finish_reason).filter(Boolean), ['stop'])
  },

  'the usage comes last where asked for': async () => {
    const whole = await client.chat.completions.create(greeting)
    const chunks = await collect(await client.chat.completions.create({ ...greeting, stream: true, stream_options: { include_usage: true } }))
    assert.deepEqual(chunks.at(-1).choices, [])
    assert.deepEqual(chunks.at(-1).usage, whole.usage)
    assert.ok(chunks.slice(0, -1).every((chunk) => chunk.usage === null))
  },

  'the stream helper gives deltas and the whole answer': async () => {
    const pieces = []
    const stream = client.chat.completions.stream(greeting).on('content', (delta) => pieces.push(delta))
    const answer = await stream.finalChatCompletion()
    assert.equal(pieces.join(''), 'Good morning, Vienna.')
    assert.equal(answer.choices[0].message.content, 'Good morning, Vienna.')
    assert.equal(await stream.finalContent(), 'Good morning, Vienna.')
  },

  'an AbortController ends the work upstream': async () => {
    const controller = new AbortController()
    const stream = await pacedClient.chat.completions.create({ ...lecture, stream: true }, { signal: controller.signal })
    let id
    let pieces = 0
    for await (const chunk of stream) {
      id = chunk.id
      if (++pieces === 3) {
        controller.abort()
      }
    }
    assert.equal(await finishOf(id), 'cancelled')
  },

  'leaving the loop ends the work upstream': async () => {
    let id
    for await (const chunk of await pacedClient.chat.completions.create({ ...lecture, stream: true })) {
      id = chunk.id
      break
    }
    assert.equal(await finishOf(id), 'cancelled')
  },

  'an answer that breaks off is an error': async () => {
    const chunks = []
    await assert.rejects(async () => {
      for await (const chunk of await cutClient.chat.completions.create({ ...lecture, stream: true })) {
        chunks.push(chunk)
      }
    }, (error) => error instanceof APIError && error.code === 'upstream_error')
    assert.ok(chunks.length > 0)
    assert.ok(chunks.every((chunk) => chunk.choices[0].finish_reason === null))
  },

  'an answer that breaks off is an error to the stream helper': async () => {
    await assert.rejects(cutClient.chat.completions.stream(lecture).finalChatCompletion(), APIError)
  },
}
