import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Skipped } from '../../../Clients/npm/run-case.mjs'
import { Visitor, until } from '../browser.mjs'

export const hosting = {
  'the same files work from a bucket behind a proxy that adds the demo key': async ({ browser, pages, gatewayUrl, key }) => {
    if (spawnSync('nginx', ['-v']).error) {
      throw new Skipped('nginx is not installed; ./test installs it where it can.')
    }

    const folder = mkdtempSync(join(tmpdir(), 'gateway-nginx-'))
    const port = await freePort()
    writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, pages, gatewayUrl, key))
    const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], { stdio: 'ignore' })
    try {
      const url = `http://127.0.0.1:${port}/`
      await until(() => fetch(url).then((response) => response.ok, () => false), Boolean, 'nginx')
      const visitor = await Visitor.visit(browser, url)
      await visitor.askToTheEnd('Explain the tides')
      assert.equal((await visitor.figures()).Target, 'local/microsoft/Phi-3-mini-4k-instruct')
      await visitor.leave()
    } finally {
      const ended = new Promise((end) => nginx.once('exit', end))
      nginx.kill()
      await ended
      rmSync(folder, { recursive: true })
    }
  },
}

// The bucket's files, and the two routes of the gateway that visitors need: as CloudFront has them, with the key in a header of the origin.
const configuration = (folder, port, pages, gatewayUrl, key) => `
  daemon off;
  master_process off;
  pid ${folder}/nginx.pid;
  events {}
  http {
    types { text/html html; text/css css; text/javascript js; image/svg+xml svg; }
    access_log off;
    client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
    server {
      listen 127.0.0.1:${port};
      root ${pages};
      location ~ ^/v1/(models|chat/completions)$ {
        proxy_pass ${gatewayUrl};
        proxy_http_version 1.1;
        proxy_buffering off;
        proxy_set_header Authorization "Bearer ${key}";
      }
    }
  }
`

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => found(port))
    })
  })
}
