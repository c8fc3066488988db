export interface ServerSentEvent {
  readonly name?: string
  readonly data?: string
  readonly comment?: string
  /** Where to go on after it. */
  readonly id?: string
}

/** Reads a stream of https://html.spec.whatwg.org/multipage/server-sent-events.html; comments are told too, one by one. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let name: string | undefined
  let id: string | undefined
  let data: string[] = []
  for await (const line of readLines(body)) {
    if (line === '') {
      if (data.length > 0) {
        yield { data: data.join('\n'), ...(name === undefined ? {} : { name }), ...(id === undefined ? {} : { id }) }
      }

      name = undefined
      data = []
    } else if (line.startsWith(':')) {
      yield { comment: line.slice(1).trimStart() }
    } else {
      const [field, value] = split(line)
      if (field === 'data') {
        data.push(value)
      } else if (field === 'event') {
        name = value
      } else if (field === 'id') {
        id = value
      }
    }
  }
}

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) {
        return
      }

      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function split(line: string): [field: string, value: string] {
  const colon = line.indexOf(':')
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)]
}
