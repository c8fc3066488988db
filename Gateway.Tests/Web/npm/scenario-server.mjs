// Serves the built pages as any web server would, and answers their calls as a test says: a question gets the answer that the test has given
// for exactly that question.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'

const types = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml' }

export const chunk = (delta, more = {}) => `data: ${JSON.stringify({ model: 'model-of-the-test', choices: [{ index: 0, delta, finish_reason: null }], ...more })}`
export const text = (content) => chunk({ content })
export const usage = (gateway = { target: 'local/model-of-the-test', attempts: 1, cost_usd: '0.000012345' }, tokens = { prompt_tokens: 12, completion_tokens: 34 }) =>
  `data: ${JSON.stringify({ model: 'model-of-the-test', choices: [], usage: tokens, gateway })}`
export const done = 'data: [DONE]'
export const answer = (content) => ({ frames: [text(content), usage(), done] })
/** A frame that the rest waits for; the wait begins when it is its turn. */
export const pause = (ms) => ({ then: (goOn) => setTimeout(goOn, ms) })
export const refusal = (status, code, message, headers = {}) => ({ status, headers, body: { error: { message, type: 'error', param: null, code } } })

export class ScenarioServer {
  models = ['phi-3-mini', 'gpt-4o-mini', 'local-embeddings']
  isAway = false
  /** What was asked, with the headers it came with. */
  requests = []
  #answers = new Map()

  static async start(pages) {
    const server = new ScenarioServer()
    server.http = createServer((request, response) => server.#serve(pages, request, response))
    await new Promise((listening) => server.http.listen(0, '127.0.0.1', listening))
    server.url = `http://127.0.0.1:${server.http.address().port}`
    return server
  }

  /** @param scenario {status, headers, body} or {frames, cut}: a frame is a line, or a promise that the rest waits for */
  when(question, scenario) {
    this.#answers.set(question, scenario)
  }

  async #serve(pages, request, response) {
    if (!request.url.startsWith('/v1/')) {
      return await serveFile(pages, request.url, response)
    }

    const body = JSON.parse((await readAll(request)) || 'null')
    if (this.isAway) {
      return request.socket.destroy()
    }

    if (request.headers.authorization === 'Bearer wrong') {
      return send(response, 401, {}, { error: { message: 'Incorrect API key.', type: 'error', param: null, code: 'invalid_api_key' } })
    }

    if (request.url === '/v1/models') {
      return send(response, 200, {}, { object: 'list', data: this.models.map((id) => ({ id, object: 'model' })) })
    }

    const question = body.messages.at(-1).content
    this.requests.push({ question, body, headers: request.headers })
    const scenario = this.#answers.get(question) ?? refusal(400, 'no_scenario', `No scenario for '${question}'.`)
    return scenario.frames ? await stream(scenario, response) : send(response, scenario.status, scenario.headers, scenario.body)
  }
}

async function stream(scenario, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-gateway-target': 'local/model-of-the-test', 'x-gateway-cache': 'miss' })
  for (const frame of scenario.frames) {
    if (typeof frame === 'string') {
      response.write(`${frame}\n\n`)
    } else {
      await frame
    }
  }

  if (scenario.cut) {
    // What was written is on its way before the connection goes.
    setTimeout(() => response.destroy(), 100)
  } else {
    response.end()
  }
}

function send(response, status, headers, body) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function serveFile(pages, url, response) {
  const path = normalize(new URL(url, 'http://localhost').pathname)
  try {
    const file = await readFile(join(pages, path.endsWith('/') ? `${path}index.html` : path))
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/html' })
    response.end(file)
  } catch {
    response.writeHead(404)
    response.end()
  }
}

async function readAll(request) {
  let body = ''
  for await (const part of request) {
    body += part
  }

  return body
}
