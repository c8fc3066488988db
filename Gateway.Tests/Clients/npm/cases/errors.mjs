import assert from 'node:assert/strict'
import { AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError } from 'openai'
import { ask, chatModel, chatOnlyClient, client, embeddingModel, strangersClient } from '../gateway.mjs'

async function assertRefused(call, type, expected) {
  const error = await call.then(() => assert.fail('It was not refused.'), (refused) => refused)
  assert.ok(error instanceof type, error.stack)
  const { status, code, param } = error
  assert.deepEqual({ status, type: error.type, code, param }, { type: 'invalid_request_error', ...expected })
  assert.ok(error.requestID.length > 0)
  return error
}

const tooHot = { ...ask('Hello!'), temperature: 9 }

export const errors = {
  'a request at fault is a BadRequestError': async () => {
    await assertRefused(client.chat.completions.create(tooHot), BadRequestError, { status: 400, code: null, param: 'temperature' })
  },

  'a streamed request at fault is a BadRequestError': async () => {
    await assertRefused(client.chat.completions.create({ ...tooHot, stream: true }), BadRequestError, { status: 400, code: null, param: 'temperature' })
  },

  'a missing field is a BadRequestError': async () => {
    await assertRefused(client.chat.completions.create({ model: chatModel }), BadRequestError, { status: 400, code: 'missing_required_parameter', param: 'messages' })
  },

  'a wrong key is an AuthenticationError': async () => {
    const error = await assertRefused(strangersClient.models.list(), AuthenticationError, { status: 401, code: 'invalid_api_key', param: null })
    assert.ok(!error.message.includes(strangersClient.apiKey))
  },

  'a model that the key may not use is a PermissionDeniedError': async () => {
    const call = chatOnlyClient.embeddings.create({ model: embeddingModel, input: 'Hello!' })
    await assertRefused(call, PermissionDeniedError, { status: 403, code: 'model_not_allowed', param: 'model' })
  },

  'an unknown model is a NotFoundError': async () => {
    await assertRefused(client.chat.completions.create({ ...ask('Hello!'), model: 'gpt-17' }), NotFoundError, { status: 404, code: 'model_not_found', param: 'model' })
    await assertRefused(client.models.retrieve('gpt-17'), NotFoundError, { status: 404, code: 'model_not_found', param: 'model' })
  },

  'an unknown endpoint is a NotFoundError': async () => {
    await assertRefused(client.images.generate({ prompt: 'a red bicycle' }), NotFoundError, { status: 404, code: 'unknown_url', param: null })
  },
}
