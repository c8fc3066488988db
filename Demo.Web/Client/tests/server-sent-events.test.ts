import { describe, expect, it } from 'vitest'
import { readEvents, type ServerSentEvent } from '../src/shared/api/server-sent-events'

async function read(...parts: string[]): Promise<ServerSentEvent[]> {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      parts.forEach((part) => { controller.enqueue(encoder.encode(part)) })
      controller.close()
    },
  })
  return await all(body)
}

async function all(body: ReadableStream<Uint8Array>): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = []
  for await (const event of readEvents(body)) {
    events.push(event)
  }

  return events
}

describe('server-sent events', () => {
  it('are told with their names, comments in between', async () => {
    expect(await read('event: a\ndata: 1\n\n: note\ndata:2\n\n')).toEqual([{ name: 'a', data: '1' }, { comment: 'note' }, { data: '2' }])
  })

  it('say where to go on after them', async () => {
    expect(await read('id: 7\ndata: 1\n\ndata: 2\n\n')).toEqual([{ id: '7', data: '1' }, { id: '7', data: '2' }])
  })

  it('may have several lines of data and any line end', async () => {
    expect(await read('data: 1\r\ndata:  2\r\n\r\ndata: 3\r\rdata: 4\n\n')).toEqual([{ data: '1\n 2' }, { data: '3' }, { data: '4' }])
  })

  it('are the same wherever the network cuts them', async () => {
    const text = 'event: é\r\ndata: {"text":"ü€😀"}\r\n\r\n: tool\r\ndata: [DONE]\r\n\r\n'
    const whole = await read(text)
    const bytes = new TextEncoder().encode(text)
    for (let cut = 1; cut < bytes.length; cut++) {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytes.slice(0, cut))
          controller.enqueue(bytes.slice(cut))
          controller.close()
        },
      })
      expect(await all(body), `cut at ${cut}`).toEqual(whole)
    }
  })

  it('that were not ended are none', async () => {
    expect(await read('data: 1\n\ndata: 2')).toEqual([{ data: '1' }])
  })
})
