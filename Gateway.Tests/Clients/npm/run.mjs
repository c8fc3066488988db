// Runs every case of cases/ and prints one line of JSON for each: {"name":"chat: …","ok":true} or {"name":…,"ok":false,"error":…}.
// NpmClientTests.cs starts it, says in the environment where the gateways are, and shows each line as a test.
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

const areas = { batches, catalogue, chat, completions, embeddings, errors, langchain, messages, models, responses, streaming, structured, tools, vercel }
const patienceMs = 20_000

async function run(name, test) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No end within ${patienceMs} ms.`)), patienceMs)
  })
  try {
    await Promise.race([test(), late])
    return { name, ok: true }
  } catch (error) {
    return { name, ok: false, error: error.stack ?? String(error) }
  } finally {
    clearTimeout(timer)
  }
}

const results = Object.entries(areas).flatMap(([area, cases]) => Object.entries(cases).map(([name, test]) => run(`${area}: ${name}`, test)))
for (const result of await Promise.all(results)) {
  console.log(JSON.stringify(result))
}

process.exit(0)
