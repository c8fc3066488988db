import assert from 'node:assert/strict'
import { chatModel, chatOnlyClient, client, embeddingModel } from '../gateway.mjs'

async function idsOf(list) {
  const ids = []
  for await (const model of list) {
    ids.push(model.id)
  }
  return ids
}

export const models = {
  'the list names the models that have a provider': async () => {
    assert.deepEqual(await idsOf(client.models.list()), [embeddingModel, chatModel])
  },

  'the list names only what the key may use': async () => {
    assert.deepEqual(await idsOf(chatOnlyClient.models.list()), [chatModel])
  },

  'one model is found by its name': async () => {
    const { id, object, owned_by } = await client.models.retrieve(chatModel)
    assert.deepEqual([id, object, owned_by], [chatModel, 'model', 'local'])
  },
}
