import assert from 'node:assert/strict'
import { chatModel as model, client } from '../gateway.mjs'

export const completions = {
  'a text is completed': async () => {
    const answer = await client.completions.create({ model, prompt: 'Say exactly: Good morning.' })
    assert.deepEqual([answer.object, answer.choices[0].text.trim(), answer.choices[0].finish_reason], ['text_completion', 'Good morning.', 'stop'])
  },

  'a list of texts is completed in its order': async () => {
    const answer = await client.completions.create({ model, prompt: ['Say exactly: one', 'Say exactly: two'] })
    assert.deepEqual(answer.choices.map((choice) => [choice.index, choice.text.trim()]), [[0, 'one'], [1, 'two']])
  },

  'a streamed completion is the whole one in pieces': async () => {
    let text = ''
    for await (const chunk of await client.completions.create({ model, prompt: 'Say exactly: Good morning.', stream: true })) {
      text += chunk.choices[0].text
    }
    assert.equal(text.trim(), 'Good morning.')
  },
}
