import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'

const gateway = 'http://localhost:8082'
const policy = readFileSync(new URL('../Security/content-security-policy.txt', import.meta.url), 'utf8').trim()

export default defineConfig({
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One HTML file for each page: the playground at /, the console at /console. A folder's index.html is that folder's page.
    rolldownOptions: { input: ['index.html', 'console/index.html'] },
  },
  plugins: [
    {
      // The server says it too; a bucket does not.
      name: 'content-security-policy',
      apply: 'build',
      transformIndexHtml: () => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' }],
    },
  ],
  server: { proxy: { '/v1': gateway, '/admin': gateway, '/mcp': gateway, '/schema': gateway } },
})
