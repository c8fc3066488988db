import assert from 'node:assert/strict'
import { BadRequestError, NotFoundError, toFile } from 'openai'
import { ask, client } from '../gateway.mjs'

const endpoint = '/v1/chat/completions'
const line = (id, text) => JSON.stringify({ custom_id: id, method: 'POST', url: endpoint, body: ask(text) })
const upload = async (lines) => client.files.create({ file: await toFile(Buffer.from(lines.join('\n')), 'requests.jsonl'), purpose: 'batch' })
const create = async (lines, more) => client.batches.create({ input_file_id: (await upload(lines)).id, endpoint, completion_window: '24h', ...more })

async function end(batch) {
  while (!['completed', 'failed', 'expired', 'cancelled'].includes(batch.status)) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    batch = await client.batches.retrieve(batch.id)
  }
  return batch
}

const linesOf = async (id) => (await (await client.files.content(id)).text()).trim().split('\n').map((text) => JSON.parse(text))

export const batches = {
  'a file is uploaded, waited for, shown, downloaded and deleted': async () => {
    const file = await client.files.create({
      file: await toFile(Buffer.from('notes'), 'notes.txt'),
      purpose: 'user_data',
      expires_after: { anchor: 'created_at', seconds: 3600 },
    })
    assert.equal((await client.files.waitForProcessing(file.id)).status, 'processed')
    assert.deepEqual(await client.files.retrieve(file.id), file)
    assert.equal(file.expires_at - file.created_at, 3600)
    assert.equal(await (await client.files.content(file.id)).text(), 'notes')
    assert.equal((await client.files.delete(file.id)).deleted, true)
    await assert.rejects(client.files.retrieve(file.id), NotFoundError)
  },

  'files are listed page by page': async () => {
    const made = [(await upload(['{}'])).id, (await upload(['{}'])).id]
    const found = []
    for await (const file of client.files.list({ purpose: 'batch', limit: 1 })) {
      found.push(file.id)
    }
    assert.ok(made.every((id) => found.includes(id)))
  },

  'a batch runs and its output is downloaded': async () => {
    const batch = await create([line('a', 'Say exactly: One.'), line('b', 'Say exactly: Two.')], { metadata: { job: 'npm' } })
    assert.equal(batch.status, 'validating')
    const ended = await end(batch)
    assert.equal(ended.status, 'completed')
    assert.deepEqual(ended.request_counts, { total: 2, completed: 2, failed: 0 })
    assert.deepEqual(ended.metadata, { job: 'npm' })
    const output = await linesOf(ended.output_file_id)
    assert.deepEqual(output.map((each) => [each.custom_id, each.response.body.choices[0].message.content]), [['a', 'One.'], ['b', 'Two.']])
  },

  'a line at fault is in the error file': async () => {
    const ended = await end(await create([line('a', 'Hello'), 'no json', line('a', 'Again')]))
    assert.equal(ended.status, 'completed')
    assert.deepEqual((await linesOf(ended.error_file_id)).map((each) => each.error.code), ['invalid_json_line', 'duplicate_custom_id'])
    assert.deepEqual(ended.errors.data.map((each) => each.line), [2, 3])
  },

  'batches are listed, and one that has ended is not cancelled': async () => {
    const ended = await end(await create([line('a', 'Hello')]))
    const found = []
    for await (const batch of client.batches.list({ limit: 2 })) {
      found.push(batch.id)
    }
    assert.ok(found.includes(ended.id))
    await assert.rejects(client.batches.cancel(ended.id), BadRequestError)
  },

  'an endpoint that has no batches is a BadRequestError': async () => {
    const file = await upload([line('a', 'Hello')])
    const asked = client.batches.create({ input_file_id: file.id, endpoint: '/v1/moderations', completion_window: '24h' })
    await assert.rejects(asked, (error) => error instanceof BadRequestError && error.param === 'endpoint')
  },
}
