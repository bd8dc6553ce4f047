// How long it takes from saving a document until the browser shows it: `node reload.mjs SITE [ROUNDS]`, where SITE holds
// a folder `content`. No test, since it measures time.

import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, serve } from './site.mjs';

const [root, rounds = '21'] = process.argv.slice(2);
const content = join(root, 'content');
const documents = readdirSync(content, { recursive: true }).filter((name) => name.endsWith('.md')).sort();
const [name] = documents;
const file = join(content, name);
const before = readFileSync(file);
const site = await serve(content);
const browser = await launch();

/** Milliseconds from the save to the loaded page. */
const measure = async (path) => {
  const page = await open(browser, site.url(path));
  const times = [];
  for (let round = 0; round < Number(rounds); round++) {
    const loaded = page.waitForNavigation({ waitUntil: 'load' });
    const start = performance.now();
    appendFileSync(file, `\nkumquat${round}\n`);
    await loaded;
    times.push(performance.now() - start);
    if (path.startsWith('incidents/')) {
      const text = await page.evaluate(() => document.body.textContent);
      if (!text.includes(`kumquat${round}`)) throw new Error(`${path} is not what was saved`);
    }
  }
  await page.close();
  times.sort((a, b) => a - b);
  return `median ${Math.round(times[times.length >> 1])} ms, slowest ${Math.round(times.at(-1))} ms`;
};

try {
  const slug = name.replace(/\.md$/, '.html').toLowerCase();
  console.log(`${documents.length} documents`);
  for (const path of [`incidents/${slug}`, 'index.html']) console.log(`${path}: ${await measure(path)}`);
} finally {
  writeFileSync(file, before);
  site.stop();
  await browser.close();
}
