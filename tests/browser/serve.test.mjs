// The local server in a browser: what is saved shows itself, styles without a new page, failures over the page.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { folder, launch, open, serve } from './site.mjs';

const report = (title) => `# ${title}\n\nOn 2024-03-05 checkout deadlocked from 10:00 UTC until 10:30 UTC.\n`;

let browser;
let root;
let site;

const write = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

before(async () => {
  browser = await launch();
  root = folder();
  write('pmsite.toml', 'title = "Shop"\n');
  write('content/a.md', report('Checkout locked'));
  write('themes/default/static/style.css', 'body { color: rgb(255, 0, 0) }\n');
  site = await serve(root);
});
after(async () => {
  site?.stop();
  await browser?.close();
});

const heading = (page, text) => page.waitForFunction((text) => document.querySelector('h1')?.textContent.includes(text), {}, text);

test('a saved document shows itself', async () => {
  const page = await open(browser, site.url('incidents/a.html'));
  await heading(page, 'Checkout locked');
  for (const title of ['Baskets locked', 'Orders locked']) {
    write('content/a.md', report(title));
    await heading(page, title);
  }
  assert.deepEqual(page.complaints, []);
});

test('new styles need no new page', async () => {
  const page = await open(browser, site.url('index.html'));
  await page.evaluate(() => { window.here = true; });
  write('themes/default/static/style.css', 'body { color: rgb(0, 0, 255) }\n');
  await page.waitForFunction(() => getComputedStyle(document.body).color === 'rgb(0, 0, 255)');
  assert.equal(await page.evaluate(() => window.here), true, 'the page was loaded anew');
  assert.equal(await page.evaluate(() => document.querySelectorAll('link[rel=stylesheet]').length), 1);
  assert.deepEqual(page.complaints, []);
});

test('a mistake lies over the page until it is mended', async () => {
  const page = await open(browser, site.url('index.html'));
  await page.evaluate(() => { window.here = true; });
  write('themes/default/templates/home.html', '<h1>{% if %}</h1>\n');
  const over = await page.waitForSelector('#pmsite-failure');
  const text = await over.evaluate((element) => element.shadowRoot.textContent);
  assert.match(text, /home\.html:1:11/);
  assert.match(text, /\^\^/, 'the excerpt points to the place');
  assert.equal(await page.evaluate(() => window.here), true, 'what stood there still stands');
  // A page that is opened now says so itself, and mends itself.
  const other = await open(browser, site.url('incidents/a.html'));
  assert.match(await other.evaluate(() => document.body.textContent), /home\.html:1:11/);
  rmSync(join(root, 'themes/default/templates/home.html'));
  await heading(other, 'Orders locked');
  await page.waitForFunction(() => !document.querySelector('#pmsite-failure') && !window.here);
  assert.deepEqual(page.complaints, []);
});
