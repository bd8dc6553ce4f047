// What Lighthouse says of four pages, on its mobile preset: `node tests/browser/lighthouse.mjs [DIR]`. Each page is
// measured three times and the best counts, since a busy machine only ever takes from the score. It fetches
// Lighthouse from npm and takes some minutes, so it is no part of the tests.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const LEAST = 98;
const RUNS = 3;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.xml': 'application/atom+xml' };

/** A host as people have one: files, packed. It runs beside the measurements, which wait. */
function host() {
  const { output } = workerData;
  const server = createServer((request, response) => {
    try {
      const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
      const file = join(output, normalize(path.endsWith('/') ? `${path}index.html` : path));
      const body = gzipSync(readFileSync(file));
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
}

/** The scores of a page, 0 to 100, and the audits that took from them. */
function measure(url) {
  const flags = ['--quiet', '--output=json', `--only-categories=${CATEGORIES}`, '--chrome-flags=--headless --no-sandbox --disable-gpu'];
  const ran = spawnSync('npx', ['--yes', LIGHTHOUSE, url, ...flags], {
    env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium' },
    maxBuffer: 1 << 28,
  });
  if (ran.status !== 0) throw new Error(ran.stderr.toString());
  const { categories, audits } = JSON.parse(ran.stdout);
  const scores = CATEGORIES.map((name) => Math.round(categories[name].score * 100));
  const lost = Object.values(audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== 'informative');
  return { scores, lost: lost.map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`.trim()) };
}

async function main() {
  const { build, repository } = await import('./site.mjs');
  const site = build(process.argv[2] ?? join(repository, 'content'), '--base-url', 'https://pm.example/');
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { output: site.output } });
  const port = await new Promise((resolve) => worker.once('message', resolve));
  const incident = process.argv[3] ?? 'incidents/2024/fan-club-presale.html';
  const pages = ['index.html', incident, 'causes/deadlock.html', 'trends/index.html', `ko/${incident}`];
  let failed = false;
  for (const path of pages) {
    const runs = Array.from({ length: RUNS }, () => measure(`http://127.0.0.1:${port}/${path}`));
    const best = CATEGORIES.map((_, at) => Math.max(...runs.map(({ scores }) => scores[at])));
    console.log(path, CATEGORIES.map((name, at) => `${name} ${best[at]}`).join(', '));
    if (best.some((score) => score < LEAST)) {
      failed = true;
      console.log(`  ${runs.at(-1).lost.join('\n  ')}`);
    }
  }
  await worker.terminate();
  process.exitCode = failed ? 1 : 0;
}

if (isMainThread) await main();
else host();
