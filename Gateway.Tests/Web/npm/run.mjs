// Runs every case of cases/ in one browser and prints one line of JSON for each: {"name":"asking: …","ok":true}, {"name":…,"ok":false,"error":…}
// or {"name":…,"skipped":reason}. PlaygroundTests.cs starts it, says in the environment where everything is, and shows each line as a test.
import { runCase } from '../../Clients/npm/run-case.mjs'
import { launch } from './browser.mjs'
import { ScenarioServer } from './scenario-server.mjs'
import { accessibility } from './cases/accessibility.mjs'
import { asking } from './cases/asking.mjs'
import { conversation } from './cases/conversation.mjs'
import { errors } from './cases/errors.mjs'
import { figures } from './cases/figures.mjs'
import { hosting } from './cases/hosting.mjs'
import { products } from './cases/products.mjs'
import { safety } from './cases/safety.mjs'
import { settings } from './cases/settings.mjs'

const areas = { accessibility, asking, conversation, errors, hosting, products, safety, settings }
const patienceMs = 120_000
const atOnce = 3

const environment = { webUrl: process.env.WEB_URL, gatewayUrl: process.env.GATEWAY_URL, key: process.env.GATEWAY_KEY, pages: process.env.PAGES }
const wanted = process.argv[2] ?? ''
const browser = await launch()

async function run(area, name, test) {
  const scenarios = await ScenarioServer.start(environment.pages)
  const result = await runCase(`${area}: ${name}`, () => test({ browser, scenarios, ...environment }), patienceMs)
  scenarios.http.closeAllConnections()
  scenarios.http.close()
  console.log(JSON.stringify(result))
}

const casesOf = (all) =>
  Object.entries(all).flatMap(([area, cases]) => Object.entries(cases).map(([name, test]) => ({ area, name, test }))).filter(({ area, name }) => `${area}: ${name}`.includes(wanted))

// What is measured, before anything else takes time.
for (const { area, name, test } of casesOf({ figures })) {
  await run(area, name, test)
}

const waiting = casesOf(areas)
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await run(next.area, next.name, next.test)
    }
  }),
)
await browser.close()
process.exit(0)
