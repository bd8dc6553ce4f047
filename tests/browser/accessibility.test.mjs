// Every kind of page can be used by everyone: no violation of WCAG 2.2 AA that axe can find, in both languages,
// light and dark; valid HTML; the keyboard alone is enough; nothing is lost without scripts.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { build, folder, launch, open, pages, repository } from './site.mjs';

let browser;
let site;

before(async () => {
  browser = await launch();
  site = build(join(repository, 'content'));
});
after(() => browser?.close());

/** One page of each kind. */
const kinds = [
  'index.html',
  '404.html',
  'about.html',
  'data/index.html',
  'search/index.html',
  'incidents/index.html',
  'incidents/2024/fan-club-presale.html',
  'incidents/2023/재고-데드락-재발.html',
  'incidents/2022/2022-03-08-checkout-connection-pool.html',
  'causes/index.html',
  'causes/deadlock.html',
  'causes/insufficient-monitoring.html',
  'groups/index.html',
  'groups/concurrency.html',
  'services/index.html',
  'services/checkout.html',
  'detection/index.html',
  'detection/monitoring.html',
  'resolution/index.html',
  'resolution/rollback.html',
  'severity/index.html',
  'severity/sev2.html',
  'years/index.html',
  'years/2024.html',
  'trends/index.html',
  'trends/last-4.html',
  'trends/services/checkout.html',
  'actions/index.html',
  'actions/monitoring.html',
];

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page. */
async function violations(page) {
  // What a reader may open is looked at, too.
  await page.evaluate(() => document.querySelectorAll('details').forEach((it) => (it.open = true)));
  await page.evaluate(axe.source);
  const found = await page.evaluate((tags) => axe.run({ runOnly: tags, preload: false }), tags);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}

for (const prefix of ['', 'ko/']) {
  for (const dark of [false, true]) {
    test(`axe finds nothing: ${prefix || 'en/'} ${dark ? 'dark' : 'light'}`, async () => {
      const page = await open(browser, site.url('index.html'), { width: 1280, dark });
      for (const kind of kinds) {
        await page.goto(site.url(encodeURI(prefix + kind)), { waitUntil: 'load' });
        assert.deepEqual(await violations(page), [], prefix + kind);
      }
      // Figures that the script draws.
      await page.goto(`${site.url(`${prefix}trends/index.html`)}?period=8`, { waitUntil: 'load' });
      await page.waitForFunction(() => document.querySelector('main').dataset.shown === '?period=8');
      assert.deepEqual(await violations(page), [], `${prefix}trends, filtered`);
      assert.deepEqual(page.complaints, []);
      await page.close();
    });
  }
}

/** What is wrong with the HTML of the pages of a site. */
async function invalid(site) {
  const loader = new FileSystemConfigLoader({ extends: ['html-validate:standard'], rules: {
    // Spaces at line ends, the case of the doctype and quotes inside of attributes are matters of taste.
    'no-trailing-whitespace': 'off',
    'doctype-style': 'off',
    'no-raw-characters': 'off',
    // Titles of documents may be long.
    'long-title': 'off',
    // Telephone numbers: digits of a report are none.
    'tel-non-breaking': 'off',
  } });
  const validator = new HtmlValidate(loader);
  assert.ok(!(await validator.validateString('<!doctype html><p><div id="a"></div></p>')).valid);
  const wrong = [];
  for (const path of pages(site)) {
    const report = await validator.validateString(readFileSync(join(site.output, path), 'utf8'), path);
    for (const { messages } of report.results) {
      wrong.push(...messages.map(({ ruleId, line, message }) => `${path}:${line}: ${ruleId}: ${message}`));
    }
  }
  return wrong.slice(0, 20);
}

test('all pages are valid HTML', async () => assert.deepEqual(await invalid(site), []));

/** Short reports, each of its own day. */
function reports(count) {
  const content = folder();
  for (let number = 0; number < count; number += 1) {
    const day = new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10);
    const text = `# Outage ${number}\n\nDate: ${day}\n\n## Root cause\n\nA deadlock.\n\n## Actions\n\n- add an alert for ${number} locks\n`;
    writeFileSync(join(content, `${number}.md`), text);
  }
  return build(content);
}

for (const count of [0, 1, 230]) {
  test(`a site of ${count} incidents is whole`, async () => {
    const site = reports(count);
    assert.deepEqual(await invalid(site), []);
    const page = await open(browser, site.url('index.html'), { width: 390 });
    const pick = /^(ko\/)?((\w+\/)?(index|about|404|page-\d|0)|causes\/deadlock(\/page-\d)?|actions\/monitoring)\.html$/;
    for (const path of pages(site).filter((path) => pick.test(path))) {
      await page.goto(site.url(path), { waitUntil: 'load' });
      assert.deepEqual(await violations(page), [], path);
      const said = await page.$eval('main', (main) => main.innerText.trim());
      assert.ok(said.length > 20, `${path} says nothing`);
    }
    assert.deepEqual(page.complaints, []);
    if (count > 100) {
      await page.goto(site.url('incidents/index.html'), { waitUntil: 'load' });
      const seen = [];
      for (let next = true; next; ) {
        seen.push(...(await page.$$eval('ol.rows a[href*="incidents/"]', (links) => links.map((link) => link.href))));
        next = await page.$('.pager [rel="next"]');
        if (next) await Promise.all([page.waitForNavigation(), next.click()]);
      }
      assert.equal(new Set(seen).size, count, 'pages of a list hold all of it');
    }
    await page.close();
  });
}

test('nothing moves by itself', () => {
  const styles = readFileSync(join(site.output, 'static/style.css'), 'utf8');
  assert.doesNotMatch(styles, /animation|transition|scroll-behavior/, 'what moves asks for prefers-reduced-motion first');
});

test('print leaves the report and no tools', async () => {
  const page = await open(browser, site.url('incidents/2024/fan-club-presale.html'));
  await page.emulateMediaType('print');
  const hidden = await page.$$eval('nav, form, footer, dd a[href^="#"], .causes a[href^="#"], .language', (all) => all.filter((it) => it.getClientRects().length > 0).map((it) => it.className));
  assert.deepEqual(hidden, []);
  assert.ok(await page.$eval('.body', (it) => it.getClientRects().length > 0));
  await page.close();
});

test('the other language is the same page, and says so to search engines', async () => {
  const base = 'https://pm.example/';
  const site = build(join(repository, 'content'), '--base-url', base);
  const page = await browser.newPage();
  for (const kind of kinds.filter((kind) => kind !== '404.html')) {
    for (const [prefix, other] of [['', 'ko'], ['ko/', 'en']]) {
      await page.goto(site.url(encodeURI(prefix + kind)), { waitUntil: 'load' });
      const { link, versions } = await page.evaluate(() => ({
        link: document.querySelector('.language').href,
        versions: Object.fromEntries([...document.querySelectorAll('link[hreflang]')].map((it) => [it.hreflang, it.href])),
      }));
      assert.equal(link, site.url(encodeURI((other === 'ko' ? 'ko/' : '') + kind)));
      const whole = (prefix) => base + encodeURI(prefix + kind).replace(/index\.html$/, '');
      assert.deepEqual(versions, { en: whole(''), ko: whole('ko/') });
    }
  }
  await page.close();
});

test('the keyboard alone is enough', async () => {
  const page = await open(browser, site.url('incidents/index.html'));
  await page.keyboard.press('Tab');
  const skip = await page.evaluate(() => {
    const { left, top } = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute('href'), seen: left >= 0 && top >= 0 };
  });
  assert.deepEqual(skip, { href: '#content', seen: true });
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid', 'the focus can be seen');
  await page.keyboard.type('deadlock');
  const shown = await page.$$eval('ol.rows > li:not([hidden])', (items) => items.map((item) => item.textContent));
  assert.ok(shown.length > 0 && shown.every((text) => /deadlock/i.test(text)), shown.join('\n'));
  assert.match(await page.$eval('.tools [aria-live]', (it) => it.textContent), new RegExp(`^${shown.length} `));
  await page.close();
});

test('a list can be put in order', async () => {
  const page = await open(browser, site.url('incidents/index.html'));
  await page.select('.tools select', 'length');
  const minutes = await page.$$eval('ol.rows > li', (items) => items.map((item) => Number(item.dataset.minutes ?? -1)));
  assert.deepEqual(minutes, [...minutes].sort((a, b) => b - a));
  await page.select('.tools select', 'date');
  const days = await page.$$eval('ol.rows time', (items) => items.map((item) => item.dateTime));
  assert.deepEqual(days, [...days].sort().reverse());
  await page.select('.tools select', 'severity');
  const levels = await page.$$eval('ol.rows > li', (items) => items.map((item) => item.querySelector('.severity')?.textContent.trim() ?? ''));
  assert.ok(levels.indexOf('심각') < levels.indexOf('SEV2') && levels.indexOf('SEV3') < levels.indexOf('낮음'), levels.join(' '));
  assert.ok(levels.slice(levels.indexOf('')).every((level) => level === ''), 'those without a level come last');
  await page.close();
});

test('a cell of a heat map leads to its incidents', async () => {
  const page = await open(browser, site.url('trends/index.html'));
  const [url, count] = await page.$eval('#cause-service td a', (cell) => [cell.href, Number(cell.textContent)]);
  await page.goto(url, { waitUntil: 'load' });
  assert.equal(await page.$$eval('ol.rows > li:not([hidden])', (items) => items.length), count);
  await page.close();
});

test('a fact leads to the sentence that it was read from', async () => {
  const page = await open(browser, site.url('incidents/2024/fan-club-presale.html'));
  const targets = await page.$$eval('dd a[href^="#"], .causes a[href^="#"]', (links) => links.map((link) => link.hash.slice(1)));
  assert.ok(targets.length > 5);
  const found = await page.evaluate((ids) => ids.filter((id) => !document.getElementById(id)), targets);
  assert.deepEqual(found, []);
  await page.click('dd a[href^="#"]');
  const marked = await page.evaluate(() => document.querySelector(':target').getBoundingClientRect().top);
  assert.ok(marked >= 0 && marked < 900, `the sentence is at ${marked}`);
  await page.close();
});

test('without scripts nothing is missing but the tools', async () => {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(site.url('incidents/index.html'), { waitUntil: 'load' });
  assert.equal((await page.$$('ol.rows > li')).length, 26);
  assert.equal((await page.$$('.tools')).length, 0);
  await page.goto(site.url('trends/index.html'), { waitUntil: 'load' });
  assert.ok((await page.$$('figure svg')).length > 10);
  await page.close();
});

test('pages ask nothing of another host and fit at twice the size', async () => {
  const page = await browser.newPage();
  const hosts = new Set();
  page.on('request', (request) => hosts.add(new URL(request.url()).protocol));
  await page.setViewport({ width: 640, height: 450, deviceScaleFactor: 2 });
  for (const kind of kinds) {
    await page.goto(site.url(encodeURI(kind)), { waitUntil: 'load' });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${kind} is ${wide} px too wide`);
  }
  assert.deepEqual([...hosts], ['file:']);
  await page.close();
});
