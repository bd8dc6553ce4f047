// Filters of the trends page: whatever the script draws is what the pages of single filters show, and combinations
// of filters count what the data say.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, folder, launch, open, pages, repository } from './site.mjs';

const generate = process.env.GENERATE ?? join(repository, 'target/release/examples/generate');

let browser;
let content;
let large;

before(async () => {
  browser = await launch();
  content = build(join(repository, 'content'));
  const documents = folder();
  execFileSync(generate, ['400', documents], { stdio: 'ignore' });
  large = build(documents);
});
after(() => browser?.close());

/** The figures and their count as lines of markup; links as they are below the top of the site. */
const shown = (page) =>
  page.evaluate(() => {
    const markup = [...document.querySelectorAll('.part, main > .empty')].map((part) => part.outerHTML).join('');
    const lines = markup.replaceAll(/="(\.\.\/)+/g, '="').replaceAll(/\s*(<[^>]*>)\s*/g, '\n$1\n');
    return { lines: lines.split(/\n+/), count: document.getElementById('trends-count').textContent };
  });

/** The figures are those of the choice in the address. */
const settled = (page) => page.waitForFunction(() => document.querySelector('main').dataset.shown === location.search);

for (const [name, site] of [['our own', () => content], ['generated', () => large]]) {
  test(`what the script draws is what the pages show: ${name} documents`, async () => {
    const keys = { groups: 'group', services: 'service', languages: 'language' };
    let compared = 0;
    for (const path of pages(site()).filter((path) => /^(ko\/)?trends\//.test(path))) {
      const [, lang, facet, value, period] = /^(ko\/)?trends\/(?:(\w+)\/([^/]+?)(?:\.html|\/))?(?:last-(\d)\.html|index\.html)?$/.exec(path);
      const query = new URLSearchParams({ ...(facet && { [keys[facet]]: value }), ...(period && { period }) });
      if (query.size === 0) continue;
      const page = await open(browser, site().url(encodeURI(path)));
      const wanted = await shown(page);
      await page.goto(`${site().url(`${lang ?? ''}trends/index.html`)}?${query}`, { waitUntil: 'load' });
      await settled(page);
      const got = await shown(page);
      assert.equal(got.count, wanted.count, path);
      const at = wanted.lines.findIndex((line, at) => line !== got.lines[at]);
      assert.equal(at, -1, `${path}: ${got.lines.slice(at - 8, at + 2).join('')} instead of ${wanted.lines.slice(at - 1, at + 2).join('')}`);
      assert.equal(got.lines.length, wanted.lines.length, path);
      assert.deepEqual(page.complaints, []);
      await page.close();
      compared += 1;
    }
    assert.ok(compared >= 15, `${compared} pages`);
  });
}

test('filters combine, and a choice is an address', async () => {
  const lines = readFileSync(join(large.output, 'data/incidents.jsonl'), 'utf8').trimEnd().split('\n').map(JSON.parse);
  const counts = {};
  for (const { date, root_causes } of lines.filter(({ date }) => date)) {
    for (const { id } of root_causes) counts[`${date.slice(0, 4)} ${id}`] = (counts[`${date.slice(0, 4)} ${id}`] ?? 0) + 1;
  }
  const [[most, expected]] = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const [year, cause] = most.split(' ');
  const page = await open(browser, large.url('trends/index.html'));
  const whole = await shown(page);
  for (const [field, value] of [['year', year], ['cause', cause]]) {
    await page.select(`.combine [name="${field}"]`, value);
    await settled(page);
  }
  assert.ok(page.url().endsWith(`?year=${year}&cause=${cause}`), page.url());
  assert.ok(expected >= 5);
  assert.match((await shown(page)).count, new RegExp(`\\b${expected} of them`));
  const other = await page.$eval('.language', (link) => link.href);
  assert.ok(other.endsWith(`ko/trends/index.html?year=${year}&cause=${cause}`), other);
  await page.goBack();
  await settled(page);
  assert.ok(page.url().endsWith(`?year=${year}`), page.url());
  await page.goBack();
  await settled(page);
  assert.deepEqual(await shown(page), whole, 'the page as it came');
  await page.goForward();
  await page.goForward();
  await settled(page);
  await Promise.all([page.waitForNavigation(), page.click('#trends-list a')]);
  await page.waitForFunction(() => /\d/.test(document.getElementById('status').textContent));
  assert.equal(await page.$eval('#status', (status) => Number.parseInt(status.textContent, 10)), expected, 'the search lists them');
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('the keyboard alone is enough to combine', async () => {
  const page = await open(browser, content.url('trends/index.html'));
  for (const [key, name] of [['Period', 'last 8 quarters'], ['Group of causes', 'Change']]) {
    const wanted = `.combine label:has(> select:focus)`;
    for (let step = 0; step < 30 && !(await page.$(wanted).then((label) => label?.evaluate((it) => it.firstChild.textContent)) ?? '').startsWith(key); step += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type(name);
    assert.equal(await page.$eval(`${wanted} option:checked`, (option) => option.textContent), name);
  }
  await settled(page);
  assert.match(page.url(), /\?period=8&group=change$/);
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('a page of one filter leads to combinations, and few incidents are said', async () => {
  const page = await open(browser, content.url('trends/services/checkout.html'));
  assert.equal(await page.$eval('.combine [name="service"]', (field) => field.value), 'checkout');
  await Promise.all([page.waitForNavigation(), page.select('.combine [name="year"]', '2024')]);
  await settled(page);
  assert.match(page.url(), /trends\/index\.html\?year=2024&service=checkout$/);
  assert.equal((await page.$$('figure')).length, 0);
  assert.match(await page.$eval('main > .empty', (it) => it.textContent), /too/);
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('what an old address names is counted and can be taken back', async () => {
  const page = await open(browser, `${content.url('trends/index.html')}?cause=nope&year=2024`);
  await settled(page);
  assert.match((await shown(page)).count, /\b0 of them/);
  assert.equal(await page.$eval('.combine [name="cause"]', (field) => field.value), 'nope');
  await page.select('.combine [name="cause"]', '');
  await settled(page);
  assert.doesNotMatch((await shown(page)).count, /\b0 of them/);
  assert.ok(page.url().endsWith('?year=2024'), page.url());
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('when the incidents cannot be loaded the page says so, and the next choice tries again', async () => {
  const page = await open(browser, content.url('trends/index.html'));
  const whole = await shown(page);
  const file = join(content.output, 'trends/incidents.js');
  const away = join(content.output, 'away.js');
  renameSync(file, away);
  await page.select('.combine [name="group"]', 'change');
  await page.waitForFunction((count) => document.getElementById('trends-count').textContent !== count, {}, whole.count);
  assert.match((await shown(page)).count, /could not be loaded/);
  assert.deepEqual((await shown(page)).lines, whole.lines);
  renameSync(away, file);
  await page.select('.combine [name="period"]', '8');
  await settled(page);
  assert.match((await shown(page)).count, /\d/);
  assert.notDeepEqual((await shown(page)).lines, whole.lines);
  await page.close();
});

test('without scripts the links to pages of single filters stand there, and no fields', async () => {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(content.url('trends/index.html'), { waitUntil: 'load' });
  const display = (selector) => page.$eval(selector, (it) => getComputedStyle(it).display);
  assert.equal(await display('.combine'), 'none');
  assert.notEqual(await display('.filters'), 'none');
  await page.setJavaScriptEnabled(true);
  await page.reload({ waitUntil: 'load' });
  assert.notEqual(await display('.combine'), 'none');
  assert.equal(await display('.filters'), 'none');
  await page.close();
});
