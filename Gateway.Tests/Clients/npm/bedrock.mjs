// AWS's own encoder, signer and model, for what the gateway has of them. Reads one JSON object from standard input and writes one:
//   {"encode": [{"headers": {…}, "body": "…"}]}        → ["base64 of a frame", …]
//   {"sign": {"url", "region", "headers", "body", …}}  → {"authorization": "…", …}
//   {"validate": [{…Converse request…}]}               → [["fault", …], …]
import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as runtime from '@aws-sdk/client-bedrock-runtime'
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { SignatureV4 } from '@smithy/signature-v4'

class Sha256 {
  constructor(secret) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256')
  }
  update(data) {
    this.hash.update(data)
  }
  async digest() {
    return new Uint8Array(this.hash.digest())
  }
}

function encode(messages) {
  const codec = new EventStreamCodec((bytes) => Buffer.from(bytes).toString('utf8'), (text) => new Uint8Array(Buffer.from(text, 'utf8')))
  return messages.map(({ headers, body }) => {
    const typed = Object.fromEntries(Object.entries(headers).map(([name, { type, value }]) => [name, { type, value: valueOf(type, value) }]))
    return Buffer.from(codec.encode({ headers: typed, body: Buffer.from(body, 'utf8') })).toString('base64')
  })
}

const valueOf = (type, value) =>
  type === 'binary' ? new Uint8Array(Buffer.from(value, 'base64'))
  : type === 'timestamp' ? new Date(value)
  : type === 'long' ? { bytes: new Uint8Array([0, 0, 0, 0, 0, 0, 0, value]), valueOf: () => value }
  : value

async function sign({ url, region, headers, body, accessKeyId, secretAccessKey, sessionToken, date }) {
  const signer = new SignatureV4({ credentials: { accessKeyId, secretAccessKey, sessionToken }, region, service: 'bedrock', sha256: Sha256, applyChecksum: false })
  const { protocol, hostname, port, pathname, searchParams } = new URL(url)
  const request = { method: 'POST', protocol, hostname, port, path: pathname, query: Object.fromEntries(searchParams), headers, body }
  return (await signer.sign(request, { signingDate: new Date(date) })).headers
}

// A schema is a number (0 text, 1 number, 2 boolean, 15 any JSON, 21 bytes, 64 + n list of n), a function that gives one, one with traits,
// or [1, …, member] a list, [2, …, key, value] a map, [3, …, names, schemas, required] a structure, [4, …] a union.
function* faults(schema, value, at) {
  if (typeof schema === 'function') {
    yield* faults(schema(), value, at)
  } else if (typeof schema === 'number') {
    if (schema & 64) {
      yield* Array.isArray(value) ? value.flatMap((item, index) => [...faults(schema & ~64, item, `${at}[${index}]`)]) : [`${at} is no list`]
    } else if (schema !== 15) {
      const expected = { 0: 'string', 1: 'number', 2: 'boolean', 21: 'string' }[schema]
      if (expected !== typeof value) {
        yield `${at} is ${typeof value}, not ${expected ?? `of schema ${schema}`}`
      }
    }
  } else if (schema.length === 2 || typeof schema[0] === 'function') {
    yield* faults(schema[0], value, at)
  } else if (schema[0] === 1) {
    yield* Array.isArray(value) ? value.flatMap((item, index) => [...faults(schema[4], item, `${at}[${index}]`)]) : [`${at} is no list`]
  } else if (schema[0] === 3 || schema[0] === 4) {
    yield* structureFaults(schema, value, at)
  } else if (schema[0] !== 2) {
    yield* faults(schema[3] ?? schema[4], value, at)
  }
}

function* structureFaults([kind, , name, , members, schemas, required = 0], value, at) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield `${at} is no ${name}`
    return
  }
  const keys = Object.keys(value)
  if (kind === 4 && keys.length !== 1) {
    yield `${at} has ${keys.length} members of the union ${name}`
  }
  for (const missing of members.slice(0, kind === 3 ? required : 0).filter((member) => !(member in value) && member !== 'modelId')) {
    yield `${at} lacks ${missing}`
  }
  for (const key of keys) {
    const index = members.indexOf(key)
    yield* index < 0 ? [`${at}.${key} is not in ${name}`] : faults(schemas[index], value[key], `${at}.${key}`)
  }
}

const input = JSON.parse(readFileSync(0, 'utf8'))
const output = input.encode ? encode(input.encode)
  : input.sign ? await sign(input.sign)
  : input.validate.map((request) => [...faults(runtime.ConverseRequest$, request, 'request')])
console.log(JSON.stringify(output))
