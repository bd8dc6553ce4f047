// Every kind of page, on a phone and on a desk, light and dark, in both languages: no complaint of the
// browser, nothing wider than the screen, text that can be read against its ground.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, launch, open, pages, repository } from './site.mjs';

let browser;
let site;

before(async () => {
  browser = await launch();
  site = build(join(repository, 'content'));
});
after(() => browser?.close());

for (const [width, dark] of [[390, false], [390, true], [1440, false], [1440, true]]) {
  test(`pages fit ${width} px, ${dark ? 'dark' : 'light'}`, async () => {
    const page = await open(browser, site.url('index.html'), { width, dark });
    for (const path of pages(site)) {
      await page.goto(site.url(encodeURI(path)), { waitUntil: 'load' });
      const seen = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - innerWidth,
        headings: document.querySelectorAll('h1').length,
        lang: document.documentElement.lang,
      }));
      assert.ok(seen.wide <= 0, `${path} is ${seen.wide} px too wide`);
      assert.equal(seen.headings, 1, `${path} has ${seen.headings} first headings`);
      assert.equal(seen.lang, path.startsWith('ko/') ? 'ko' : 'en', path);
    }
    assert.deepEqual(page.complaints, []);
  });
}
