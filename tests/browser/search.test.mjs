// The search page in a real browser, opened from a folder: twelve lines that searches fail on, facets, addresses, keys.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, folder, launch, open, repository } from './site.mjs';

const LINES = {
  a: '주문 DB에서 데드락이 발생했습니다',
  b: '재고 테이블에서 교착 상태가 발생했습니다',
  c: '교착상태로 인해 지연되었습니다',
  d: 'A deadlock was detected in MySQL',
  e: '커넥션풀이 고갈되었습니다',
  f: '커넥션 풀 고갈로 인한 장애',
  g: 'MySQL데드락으로 인해 중단',
  h: '야간 배치에서 데드락이 재현'.normalize('NFD'),
  i: '결제서비스에서 오류 급증',
  j: '부하테스트가 부족했습니다',
  k: '부하 테스트를 하지 않았습니다',
  l: 'insufficient load testing before launch',
};

/** What each query finds: groups in their order, any order within a group. */
const QUERIES = [
  ['데드락', 'agh', 'bcd'],
  ['데드락'.normalize('NFD'), 'agh', 'bcd'],
  ['deadlock', 'd', 'abcgh'],
  ['deadlok', 'd', 'abcgh'],
  ['교착상태', 'bc', 'adgh'],
  ['교착 상태', 'bc', 'adgh'],
  ['커넥션풀', 'ef'],
  ['커넥션 풀', 'ef'],
  ['서비스', 'i'],
  ['ㄷㄷㄹ', 'agh', 'bcd'],
  ['부하테스트', 'jk', 'l'],
  ['부하 테스트', 'jk', 'l'],
  ['load test', 'l', 'jk'],
  ['데드락이', 'ah', 'gbcd'],
  ['ＤＥＡＤＬＯＣＫ', 'd', 'abcgh'],
  ['mysql', 'dg'],
  ['deadl', 'd'],
  ['데드ㄹ', 'agh'],
];

let browser;
let lines;
let content;

before(async () => {
  browser = await launch();
  const documents = folder();
  for (const [name, line] of Object.entries(LINES)) write(documents, `${name}.md`, `${line}\n`);
  lines = build(documents);
  content = build(join(repository, 'content'));
});
after(() => browser?.close());

function write(folder, name, text) {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Waits until a search is over. */
const settled = (page) =>
  page.waitForFunction(() => !document.getElementById('results').hasAttribute('aria-busy') && document.getElementById('facets').children.length > 0);

/** Replaces what stands in the field and waits for the results. */
async function type(page, text) {
  await page.$eval('main input[type="search"]', (field, text) => {
    field.value = text;
    document.getElementById('results').setAttribute('aria-busy', 'true');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
  await settled(page);
}

/** The addresses of the results, without folder and ending. */
const found = (page) =>
  page.$$eval('#results > li', (rows) => rows.map((row) => decodeURI(row.querySelector('a').getAttribute('href')).replace(/^.*incidents\/|\.html$/g, '')));

const status = (page) => page.$eval('#status', (status) => status.textContent);

const sorted = (letters) => [...letters].sort().join('');

for (const path of ['search/index.html', 'ko/search/index.html']) {
  test(`the twelve lines, ${path}`, async () => {
    const page = await open(browser, lines.url(path));
    await settled(page);
    for (const [query, ...groups] of QUERIES) {
      await type(page, query);
      const names = (await found(page)).join('');
      let at = 0;
      const got = groups.map((group) => sorted(names.slice(at, (at += group.length))));
      assert.deepEqual([...got, names.slice(at)], [...groups.map(sorted), ''], `${query} found ${names}`);
    }
    assert.deepEqual(page.complaints, []);
    await page.close();
  });
}
