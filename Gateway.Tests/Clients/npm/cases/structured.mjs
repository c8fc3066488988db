import assert from 'node:assert/strict'
import { ask, client } from '../gateway.mjs'

export const citySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['city', 'inhabitants', 'rivers'],
  properties: { city: { type: 'string' }, inhabitants: { type: 'integer', minimum: 1 }, rivers: { type: 'array', minItems: 1, items: { type: 'string' } } },
}
const question = { ...ask('Describe Vienna, on the Danube.'), response_format: { type: 'json_schema', json_schema: { name: 'city', strict: true, schema: citySchema } } }

export function assertCity(city) {
  assert.deepEqual(Object.keys(city).sort(), ['city', 'inhabitants', 'rivers'])
  assert.equal(typeof city.city, 'string')
  assert.ok(Number.isInteger(city.inhabitants) && city.inhabitants >= 1)
  assert.ok(city.rivers.length > 0 && city.rivers.every((river) => typeof river === 'string'))
}

export const structured = {
  'an answer has the form of its schema': async () => {
    const answer = await client.chat.completions.create(question)
    assertCity(JSON.parse(answer.choices[0].message.content))
  },

  'parse reads the answer': async () => {
    const format = { ...question.response_format, $brand: 'auto-parseable-response-format', $parseRaw: JSON.parse }
    const answer = await client.chat.completions.parse({ ...question, response_format: format })
    assertCity(answer.choices[0].message.parsed)
  },

  'a streamed answer has the form of its schema': async () => {
    assertCity(JSON.parse(await client.chat.completions.stream(question).finalContent()))
  },

  'a json object comes where only that is asked for': async () => {
    const answer = await client.chat.completions.create({ ...ask('Describe Vienna as JSON.'), response_format: { type: 'json_object' } })
    assert.equal(typeof JSON.parse(answer.choices[0].message.content), 'object')
  },
}
