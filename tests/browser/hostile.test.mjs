// Documents that mean harm: everything of `hostile.txt`, wherever a document has a place for it. The pages are
// opened without their Content-Security-Policy, so that nothing but the sanitiser stands between; everything on
// them is touched; nothing may run, load from elsewhere, or stand in for a part of the page.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build, folder, launch, repository } from './site.mjs';

const signs = { '\\n': '\n', '\\t': '\t', '\\0': '\0' };
const payloads = readFileSync(join(repository, 'tests/browser/hostile.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map((line) => line.replaceAll(/\\[nt0]/g, (sign) => signs[sign]));

/** A value of front matter that holds anything. */
const quoted = (text) => JSON.stringify(text.replaceAll('\0', ''));
/** One line of a document. */
const line = (text) => text.replaceAll('\n', ' ');

/** A document that has the payload in every place. */
const report = (payload, number) => `---
services: [${quoted(payload)}]
severity: ${quoted(payload)}
tags: [${quoted(payload)}]
detection: ${quoted(payload)}
${number % 2 ? `title: ${quoted(payload)}\n` : ''}slug: hostile-${number}
---
# Outage ${number} ${line(payload)}

**Date:** 2024-05-0${1 + (number % 9)} 10:00 UTC to 11:00 UTC
**Root cause:** a deadlock. ${line(payload)}
**Services:** ${line(payload)}

${payload}

Inline ${payload} and *${payload}* and \`${line(payload)}\` and [${line(payload)}](x.md) and ![${line(payload)}](x.png).

[link](${line(payload)}) ![image](${line(payload)}) <a href="${payload}">x</a> <b title="${payload}">y</b>

| What | ${line(payload)} |
|---|---|
| ${line(payload)} | x |

> ${line(payload)}

- ${line(payload)}
  - ${line(payload)}

\`\`\`js
${payload}
\`\`\`

    ${line(payload)}

## ${line(payload)}

## Timeline

- 10:00 ${line(payload)}
- 10:20 restarted ${line(payload)}

## Action items

| Action | Owner | Due |
|---|---|---|
| add an alert ${line(payload)} | ${line(payload)} | 2024-09-01 |

Definition[^n] [ref] text

[^n]: ${line(payload)}

[ref]: ${line(payload)}
`;

/** Where the site says that it is: the page for what is not found asks there for its styles. */
const base = 'https://pm.example/';

let browser;
let site;

before(async () => {
  browser = await launch();
  const content = folder();
  for (const [number, payload] of payloads.entries()) {
    writeFileSync(join(content, `report-${number}.md`), report(payload, number));
    // The name of a file and of its folder; what a file system cannot hold is left out of it.
    const name = payload.replaceAll(/[/\0]/g, '_').slice(0, 40);
    mkdirSync(join(content, `f ${name}`), { recursive: true });
    writeFileSync(join(content, `f ${name}`, `n ${name}.md`), 'The disk was full at 10:00 UTC.\n');
  }
  site = build(content, '--base-url', base);
});
after(() => browser?.close());

/** A page that tells when something on it ran, asked for something, or left. */
async function watched() {
  const page = await browser.newPage();
  const seen = [];
  await page.setBypassCSP(true);
  await page.exposeFunction('tell', (what) => seen.push(what));
  await page.evaluateOnNewDocument(() => {
    for (const name of ['fired', 'alert', 'confirm', 'prompt', 'print']) {
      window[name] = () => window.tell(`${name}: ${location.pathname}`);
    }
    window.open = () => window.tell('open');
  });
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const url = request.url();
    if (url.startsWith(base)) return request.abort();
    if (url.startsWith('file:') || (url.startsWith('data:') && !request.isNavigationRequest())) return request.continue();
    seen.push(`request: ${url}`);
    return request.abort();
  });
  page.seen = seen;
  return page;
}

/** Does everything that a reader could do on a page, and says what on it should not be there. */
const touch = (page, text = '.body, article, main') =>
  page.evaluate((text) => {
    const wrong = [];
    const own = (element) => ['STYLE', 'SCRIPT', 'LINK', 'META', 'FORM', 'INPUT', 'BUTTON', 'SELECT', 'IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(element.tagName);
    const main = document.querySelector(text) ?? document.body;
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on') || name === 'style' || name === 'srcdoc' || name === 'formaction' || name === 'ping') wrong.push(`${element.tagName} ${name}`);
        if (['href', 'src', 'action', 'data', 'xlink:href'].includes(name)) {
          const scheme = /^[\s\u0000-\u001f]*([a-z][a-z0-9+.-]*):/i.exec(value.replaceAll(/[\t\n\r]/g, ''))?.[1].toLowerCase();
          if (scheme && !['http', 'https', 'mailto', 'tel'].includes(scheme)) wrong.push(`${element.tagName} ${name}=${value}`);
        }
      }
      if (own(element) && main.contains(element) && main !== document.body && !element.closest('search, [role=search], .tools, #filters, .scripted') && !element.matches('[data-own]'))
        wrong.push(`${element.tagName} in the text`);
    }
    for (const name of ['getElementById', 'querySelector', 'querySelectorAll', 'body', 'documentElement', 'location', 'defaultView', 'forms'])
      if (document[name] instanceof HTMLCollection && name !== 'forms') wrong.push(`document.${name} is hidden`);
    if (typeof document.getElementById !== 'function' || typeof document.querySelector !== 'function') wrong.push('document is clobbered');
    if (typeof window.fetch !== 'function' || (window.results && !location.pathname.includes('/search/'))) wrong.push('window is clobbered');
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const element of document.body.querySelectorAll('*')) {
      for (const type of ['mouseover', 'mouseenter', 'pointerover', 'focus', 'toggle', 'error', 'load', 'animationstart', 'wheel', 'beforeinput']) {
        element.dispatchEvent(new Event(type, { bubbles: true }));
      }
      const href = element.getAttribute('href') ?? '';
      // Links to pages lead there, as they should; whatever else there is, is clicked.
      if (!element.closest('a[href]') || /^\s*j\s*a\s*v\s*a/i.test(href)) element.click?.();
    }
    return wrong;
  }, text);

/** Goes to a page. What was clicked on the one before may have begun to lead elsewhere, and ends that. */
const visit = (page, url) =>
  page.goto(url, { waitUntil: 'load' }).catch((error) => {
    if (!`${error}`.includes('ERR_ABORTED')) throw error;
    return page.goto(url, { waitUntil: 'load' });
  });

/** All pages of the site. */
const pages = () =>
  readdirSync(site.output, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.html'))
    .map((file) => relative(site.output, join(file.parentPath ?? file.path, file.name)))
    .sort();

const address = (path) => pathToFileURL(join(site.output, path)).href;

test(`the list is long enough: ${payloads.length}`, () => assert.ok(payloads.length >= 150));

test('the detector sees what runs', async () => {
  const raw = join(folder(), 'raw.html');
  let fired = 0;
  const page = await watched();
  for (const payload of payloads.slice(0, 60)) {
    writeFileSync(raw, `<!doctype html><meta charset=utf-8><body><main>${payload}</main>`);
    page.seen.length = 0;
    await page.goto(pathToFileURL(raw).href, { waitUntil: 'load' });
    await touch(page).catch(() => page.seen.push('left'));
    await new Promise((done) => setTimeout(done, 20));
    fired += page.seen.length > 0;
  }
  await page.close();
  assert.ok(fired >= 35, `only ${fired} of 60 run when nothing is sanitised`);
});

test('nothing fires on any page', { timeout: 1_200_000 }, async () => {
  const page = await watched();
  // A text is rendered once for the chrome of both languages: some of the others are enough.
  const all = pages().filter((path, number) => !path.startsWith('ko/') || number % 10 === 0);
  const wrong = [];
  for (const path of all) {
    page.seen.length = 0;
    await visit(page, address(path));
    const found = await touch(page);
    wrong.push(...[...found, ...page.seen].map((what) => `${path}: ${what}`));
  }
  await page.close();
  assert.ok(all.length > payloads.length, `${all.length} pages`);
  assert.deepEqual(wrong, []);
});

test('names that the trends page draws by its script are text', async () => {
  const page = await watched();
  await page.goto(`${address('trends/index.html')}?language=en`, { waitUntil: 'load' });
  await page.waitForFunction(() => document.querySelector('main').dataset.shown === '?language=en');
  assert.ok((await page.$$('#cause-service th')).length > 5, 'services stand in a table');
  assert.deepEqual([...(await touch(page)), ...page.seen], []);
  await page.close();
});

test('feeds are feeds and nothing else', async () => {
  const page = await watched();
  await page.goto(address('404.html'));
  const feeds = readdirSync(site.output, { recursive: true }).filter((name) => name.endsWith('.xml'));
  assert.ok(feeds.length > 0);
  for (const feed of feeds) {
    const text = readFileSync(join(site.output, feed), 'utf8');
    const names = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'application/xml');
      return [...new Set([...parsed.querySelectorAll('*')].map((element) => element.localName))];
    }, text);
    const known = ['feed', 'title', 'id', 'link', 'updated', 'author', 'name', 'entry', 'summary', 'category', 'subtitle', 'urlset', 'url', 'loc', 'lastmod', 'published', 'content'];
    assert.deepEqual(names.filter((name) => !known.includes(name)), [], feed);
    await page.goto(address(feed), { waitUntil: 'load' });
  }
  assert.deepEqual(page.seen, []);
  await page.close();
});

test('what is searched for and what is found does not run', async (context) => {
  if (!existsSync(join(site.output, 'search/index.html'))) return context.skip('this theme has no search');
  const page = await watched();
  for (const payload of [...payloads, 'outage', 'deadlock', 'script', 'onerror']) {
    await visit(page, `${address('search/index.html')}?q=${encodeURIComponent(payload)}`);
    await new Promise((done) => setTimeout(done, 60));
    const found = await touch(page, '#results');
    assert.deepEqual([...found, ...page.seen], [], payload);
  }
  await page.close();
});
