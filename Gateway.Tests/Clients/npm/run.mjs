// Runs every case of cases/ and prints one line of JSON for each: {"name":"chat: …","ok":true} or {"name":…,"ok":false,"error":…}.
// NpmClientTests.cs starts it, says in the environment where the gateways are, and shows each line as a test.
import { agents } from './cases/agents.mjs'
import { batches } from './cases/batches.mjs'
import { catalogue } from './cases/catalogue.mjs'
import { chat } from './cases/chat.mjs'
import { completions } from './cases/completions.mjs'
import { embeddings } from './cases/embeddings.mjs'
import { errors } from './cases/errors.mjs'
import { langchain } from './cases/langchain.mjs'
import { messages } from './cases/messages.mjs'
import { models } from './cases/models.mjs'
import { responses } from './cases/responses.mjs'
import { streaming } from './cases/streaming.mjs'
import { structured } from './cases/structured.mjs'
import { tools } from './cases/tools.mjs'
import { vercel } from './cases/vercel.mjs'
import { runCase } from './run-case.mjs'

const areas = { batches, catalogue, chat, completions, embeddings, errors, langchain, messages, models, responses, streaming, structured, tools, vercel }
const patienceMs = 30_000

async function runAll(some) {
  const results = Object.entries(some).flatMap(([area, cases]) => Object.entries(cases).map(([name, test]) => runCase(`${area}: ${name}`, test, patienceMs)))
  for (const result of await Promise.all(results)) {
    console.log(JSON.stringify(result))
  }
}

await runAll(areas)

// What they load would hold up the others.
await runAll({ agents })

process.exit(0)
