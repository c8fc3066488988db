// Runs every case of console/cases in one browser and prints one line of JSON for each, as ../run.mjs does. ConsoleTests.cs starts it.
import { runCase } from '../../../Clients/npm/run-case.mjs'
import { launch } from '../browser.mjs'
import { AdminServer } from './admin-server.mjs'
import { access } from './cases/access.mjs'
import { accessibility } from './cases/accessibility.mjs'
import { editing } from './cases/editing.mjs'
import { figures } from './cases/figures.mjs'
import { live } from './cases/live.mjs'
import { pages } from './cases/pages.mjs'
import { safety } from './cases/safety.mjs'
import { tasks } from './cases/tasks.mjs'

const patienceMs = 120_000
const atOnce = 3
const environment = { webUrl: process.env.WEB_URL, adminKey: process.env.ADMIN_KEY, pages: process.env.PAGES }
const wanted = process.argv[2] ?? ''
const browser = await launch()

async function run(area, name, test) {
  const server = await AdminServer.start(environment.pages)
  const result = await runCase(`${area}: ${name}`, () => test({ browser, server, ...environment }), patienceMs)
  server.close()
  console.log(JSON.stringify(result))
}

const casesOf = (all) =>
  Object.entries(all).flatMap(([area, cases]) => Object.entries(cases).map(([name, test]) => ({ area, name, test }))).filter(({ area, name }) => `${area}: ${name}`.includes(wanted))

// What is measured, before anything else takes time.
for (const { area, name, test } of casesOf({ figures })) {
  await run(area, name, test)
}

const waiting = casesOf({ access, accessibility, editing, live, pages, safety, tasks })
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await run(next.area, next.name, next.test)
    }
  }),
)
await browser.close()
process.exit(0)
