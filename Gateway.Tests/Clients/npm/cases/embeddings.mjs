import assert from 'node:assert/strict'
import { client, embeddingModel as model } from '../gateway.mjs'

export const embeddings = {
  // The client asks for base64 unless told otherwise, and decodes it.
  'vectors are the same by base64 and as floats': async () => {
    const input = ['a red bicycle', 'a blue kettle']
    const byDefault = await client.embeddings.create({ model, input })
    const floats = await client.embeddings.create({ model, input, encoding_format: 'float' })
    const rounded = (reply) => reply.data.map((item) => Array.from(item.embedding, Math.fround))
    assert.deepEqual(byDefault.data.map((item) => [item.index, item.embedding.length]), [[0, 384], [1, 384]])
    assert.deepEqual(rounded(byDefault), rounded(floats))
    assert.equal(byDefault.usage.total_tokens, byDefault.usage.prompt_tokens)
  },

  'base64 comes as text where asked for': async () => {
    const reply = await client.embeddings.create({ model, input: 'a red bicycle', encoding_format: 'base64' })
    assert.equal(Buffer.from(reply.data[0].embedding, 'base64').length, 384 * 4)
  },

  'a vector is as short as asked for': async () => {
    const reply = await client.embeddings.create({ model, input: 'a red bicycle', dimensions: 16 })
    assert.equal(reply.data[0].embedding.length, 16)
  },
}
