// The search page in a real browser, opened from a folder: twelve lines that searches fail on, facets, addresses, keys.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
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
  // Between two syllables: the consonant that begins the next one closes the last.
  ['데들', 'agh'],
  ['커넥션펄', 'ef'],
  ['컨', 'ef'],
  ['커넥션풀익', 'e'],
  // Words that one language has for those of the other.
  ['tables', 'b'],
  ['order', 'a'],
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

/** A text of the table of units, whose `\u{…}` an editor cannot spoil. */
const unescaped = (text) => text.replace(/\\u\{([0-9a-f]+)\}/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));

test('the page makes the same units as the indexer', async () => {
  const page = await open(browser, lines.url('search/index.html'));
  await settled(page);
  const table = readFileSync(join(repository, 'tests/cases/search/vectors.tsv'), 'utf8').trimEnd().split('\n');
  const rows = table.map((line) => line.split('\t'));
  const got = await page.evaluate(async (texts) => {
    const { particles } = await pmsite.open();
    const written = (token) => {
      if (token.kind === 'initials') return `=${token.text}`;
      if (token.kind === 'run') return token.words.length === 0 ? `+${token.syllables}` : `${token.syllables}<${token.words.join(' ')}>`;
      const parts = token.parts.length > 0 ? `(${token.parts.join(' ')})` : '';
      return `${token.text}${parts}${token.stem === token.text ? '' : `~${token.stem}`}`;
    };
    const signed = (text) => pmsite.compounds(text).map((compound) => `!${compound}`);
    return texts.map((text) => [...pmsite.tokens(text, particles).map(written), ...signed(text)].join(' '));
  }, rows.map(([text]) => unescaped(text)));
  assert.deepEqual(rows.map(([text], row) => `${text}\t${got[row]}`), table);
  assert.ok(rows.length >= 150);
  await page.close();
});

test('what is typed is found while it is typed, and the words are marked', async () => {
  const page = await open(browser, content.url('search/index.html'), { width: 390 });
  await settled(page);
  await page.keyboard.press('/');
  await page.keyboard.type('deadl', { delay: 5 });
  await page.waitForSelector('#results mark');
  assert.match(await status(page), /^\d+ incidents?$/);
  assert.match(page.url(), /\?q=deadl/);
  const marks = await page.$$eval('#results mark', (marks) => marks.map((mark) => mark.textContent.toLowerCase()));
  assert.ok(marks.every((mark) => mark.startsWith('deadl')), marks.join());
  await type(page, '커넥션풀');
  const korean = await page.$$eval('#results .excerpt mark', (marks) => marks.map((mark) => mark.textContent.replaceAll(' ', '')));
  assert.ok(korean.includes('커넥션풀'), korean.join());
  await type(page, 'zzzzqqqq');
  assert.deepEqual(await found(page), []);
  assert.notEqual(await status(page), '');
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('a search is an address, and going back goes back', async () => {
  const page = await open(browser, `${content.url('search/index.html')}?q=deadlock&language=en&sort=date`);
  await settled(page);
  assert.equal(await page.$eval('main input[type="search"]', (field) => field.value), 'deadlock');
  assert.equal(await page.$eval('#sort', (sort) => sort.value), 'date');
  assert.deepEqual(await page.$$eval('#facets :checked', (boxes) => boxes.map((box) => `${box.name}=${box.value}`)), ['language=en']);
  const english = await found(page);
  assert.ok(english.length > 0);
  await page.click('#facets input[value="en"]');
  await page.waitForFunction((count) => document.querySelectorAll('#results > li').length > count, {}, english.length);
  const both = await found(page);
  assert.doesNotMatch(page.url(), /language/);
  await page.goBack();
  await page.waitForFunction((count) => document.querySelectorAll('#results > li').length === count, {}, english.length);
  assert.deepEqual(await found(page), english);
  await page.goForward();
  await page.waitForFunction((count) => document.querySelectorAll('#results > li').length === count, {}, both.length);
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('the other language has the same search', async () => {
  const page = await open(browser, content.url('search/index.html'));
  await settled(page);
  await type(page, 'outage');
  await page.select('#sort', 'date');
  await page.click('#facets input[name="year"]');
  await page.waitForFunction(() => /q=outage&year=\d+&sort=date/.test(document.querySelector('.language').href));
  const [query, count] = [new URL(page.url()).search, await status(page)];
  await Promise.all([page.waitForNavigation(), page.click('.language')]);
  await settled(page);
  assert.ok(page.url().endsWith(`/ko/search/index.html${query}`), page.url());
  assert.equal(Number.parseInt((await status(page)).replace(/^\D+/, ''), 10), Number.parseInt(count, 10));
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('what an old address names can be seen and taken back', async () => {
  const page = await open(browser, `${content.url('search/index.html')}?q=deadlock&cause=nope&year=1999`);
  await settled(page);
  assert.deepEqual(await found(page), []);
  for (const name of ['cause', 'year']) {
    await page.click(`#facets input[name="${name}"]:checked`);
    await settled(page);
  }
  await page.waitForSelector('#results > li');
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('counts follow the query; values are alternatives, facets restrict each other', async () => {
  const page = await open(browser, content.url('search/index.html'));
  await settled(page);
  await type(page, 'the');
  const counts = () => page.$$eval('#facets input', (boxes) => Object.fromEntries(boxes.map((box) => [`${box.name}=${box.value}`, Number(box.closest('label').querySelector('.number').textContent)])));
  const total = Number.parseInt(await status(page), 10);
  const before = await counts();
  const years = Object.entries(before).filter(([name]) => name.startsWith('year='));
  assert.equal(years.reduce((sum, [, count]) => sum + count, 0), total);
  const choose = async (name, count) => {
    await page.click(`#facets input[name="${name.split('=')[0]}"][value="${name.split('=')[1]}"]`);
    await page.waitForFunction((count) => parseInt(document.getElementById('status').textContent, 10) === count, {}, count);
  };
  const [one, other] = years;
  await choose(one[0], one[1]);
  const within = await counts();
  assert.equal(within[other[0]], other[1], 'alternatives keep their counts');
  await choose(other[0], one[1] + other[1]);
  const [cause, count] = Object.entries(await counts()).find(([name, count]) => name.startsWith('cause=') && count > 0 && !name.endsWith('unknown'));
  await choose(cause, count);
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('an incident that is told twice is found once, in the language of the page, and counted as on every other page', async () => {
  for (const [home, lang] of [['', 'en'], ['ko/', 'ko']]) {
    const page = await open(browser, content.url(`${home}search/index.html`));
    await settled(page);
    await page.$$eval('#facets button:not([hidden])', (buttons) => buttons.forEach((button) => button.click()));
    await settled(page);
    const boxes = await page.$$eval('#facets input', (boxes) => boxes.map((box) => [box.name, box.value, Number(box.closest('label').querySelector('.number').textContent)]));
    const folders = { cause: 'causes', group: 'groups', service: 'services', year: 'years', severity: 'severity' };
    let compared = 0;
    for (const [name, value, count] of boxes.filter(([name, value]) => folders[name] && value !== 'unknown')) {
      const html = readFileSync(join(content.output, `${home}${folders[name]}/${value}.html`), 'utf8');
      const [, rows] = /<ol class=rows[^>]*>(.*?)<\/ol>/s.exec(html);
      assert.equal(count, rows.split('<li').length - 1, `${name}=${value}`);
      compared += 1;
    }
    assert.ok(compared > 30, `${compared}`);
    await page.goto(`${content.url(`${home}search/index.html`)}?service=checkout`, { waitUntil: 'load' });
    await settled(page);
    const shown = await found(page);
    assert.equal(new Set(shown.map((name) => name.replace(/-ko$/, ''))).size, shown.length, shown.join());
    assert.ok(shown.some((name) => name.endsWith('-ko')) === (lang === 'ko'), shown.join());
    assert.deepEqual(page.complaints, []);
    await page.close();
  }
});

test('keys walk through the results', async () => {
  const page = await open(browser, content.url('ko/search/index.html'));
  await settled(page);
  await page.keyboard.press('/');
  await type(page, '데드락');
  const active = () => page.evaluate(() => (document.activeElement.matches('input') ? 'field' : [...document.querySelectorAll('#results > li')].indexOf(document.activeElement.closest('li'))));
  await page.focus('main input[type="search"]');
  const seen = [];
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'Escape']) {
    await page.keyboard.press(key);
    seen.push(await active());
  }
  assert.deepEqual(seen, [0, 1, 0, 'field', 0, 'field']);
  await page.keyboard.press('ArrowDown');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.match(page.url(), /ko\/incidents\//);
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('the field on every page leads to the search', async () => {
  const page = await open(browser, content.url('causes/index.html'));
  await page.keyboard.press('/');
  await page.keyboard.type('lock');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await settled(page);
  assert.match(page.url(), /search\/index\.html\?q=lock$/);
  assert.ok((await found(page)).length > 0);
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('without a script the form leads to the list of all incidents', async () => {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(content.url('search/index.html'));
  await page.focus('main input[type="search"]');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.match(page.url(), /incidents\/index\.html/);
  await page.close();
});

test('when a file is missing the last results stay, and one can try again', async () => {
  const documents = folder();
  for (const [name, line] of Object.entries(LINES)) write(documents, `${name}.md`, `${line}\n`);
  const site = build(documents);
  const page = await open(browser, site.url('search/index.html'));
  await settled(page);
  await type(page, '서비스');
  const words = join(site.output, 'search/w');
  const file = join(words, readdirSync(words)[0]);
  const away = join(site.output, 'away.js');
  // The page has read the shard of words already; a fresh one has not.
  const fresh = await open(browser, site.url('search/index.html'));
  await settled(fresh);
  renameSync(file, away);
  await type(fresh, '커넥션');
  await fresh.waitForSelector('#problem:not([hidden])');
  assert.notEqual(await fresh.$eval('#problem', (problem) => problem.textContent.trim()), '');
  renameSync(away, file);
  await fresh.click('#problem button');
  await fresh.waitForSelector('#results > li');
  assert.equal(sorted((await found(fresh)).join('')), 'ef');
  assert.ok(await fresh.$eval('#problem', (problem) => problem.hidden));
  // What was found before stays while the next file is missing.
  const spelling = join(site.output, 'search/s');
  renameSync(join(spelling, readdirSync(spelling).find((name) => name.startsWith('8-'))), away);
  await type(fresh, 'deadlick');
  await fresh.waitForSelector('#problem:not([hidden])');
  assert.equal(sorted((await found(fresh)).join('')), 'ef');
  await page.close();
  await fresh.close();
});

test('results fit every screen', async () => {
  for (const [width, dark] of [[390, false], [1440, true]]) {
    for (const path of ['search/index.html?q=lock', 'ko/search/index.html?q=%EC%9E%AC%EA%B3%A0']) {
      const page = await open(browser, content.url(path), { width, dark });
      await settled(page);
      await page.waitForSelector('#results > li');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide at ${width}`);
      assert.deepEqual(page.complaints, []);
      await page.close();
    }
  }
});

// `CONTENT=FOLDER QUESTIONS=FILE` asks of other documents: a question, the documents that would answer it, and a mark where those
// are of the other language.
test('questions that readers ask are answered among the first three, in either language', async () => {
  const site = process.env.CONTENT ? build(process.env.CONTENT) : content;
  const page = await open(browser, site.url('search/index.html'));
  await settled(page);
  const file = process.env.QUESTIONS ?? join(repository, 'tests/cases/search/questions.tsv');
  const questions = readFileSync(file, 'utf8').trimEnd().split('\n');
  const kinds = { English: [], Korean: [], 'the other language': [] };
  for (const line of questions) {
    const [question, wanted, isAcross] = line.split('\t');
    await type(page, question);
    const first = (await found(page)).slice(0, 3);
    const isRight = wanted.split(' ').some((document) => first.includes(document));
    const kind = isAcross ? 'the other language' : /[ㄱ-힣]/.test(question) ? 'Korean' : 'English';
    kinds[kind].push({ isRight, line: `${question}: ${first.join(' ')}` });
  }
  const missed = Object.values(kinds).flat().filter(({ isRight }) => !isRight);
  for (const [kind, all] of Object.entries(kinds)) {
    const wrong = all.filter(({ isRight }) => !isRight).length;
    if (process.env.QUESTIONS) console.log(`${kind}: ${all.length - wrong} of ${all.length}`);
    // Who asks in one language and is answered in the other uses words that no list of words holds, now and then.
    else assert.ok(wrong <= all.length / (kind === 'the other language' ? 5 : 10), `${kind}: ${wrong} of ${all.length}`);
  }
  assert.ok(missed.length <= questions.length / 10, missed.map(({ line }) => line).join('\n'));
  assert.deepEqual(page.complaints, []);
  await page.close();
});

/** Documents of words in both alphabets, of versions, and of Korean that is easily mistyped. */
const WRITTEN = {
  r: 'redis was slow after a deploy in the data center',
  s: '레디스 지연으로 데이터센터에서 배포 실패',
  t: 'Version 2.14.0 leaked on 10.12.3.4 with ORA-00060',
  u: 'Version 0.2.14 leaked twice, 2 of 14 hosts, 0 lost, 10.4.3.12, ORA 60 and 00060',
  v: 'v2.14.0-rc1 leaked',
  w: '트래픽이 몰려 메모리와 데이터베이스가 멈췄습니다',
};

test('words of both alphabets, versions as they are written, mistyped Korean', async () => {
  const documents = folder();
  for (const [name, text] of Object.entries(WRITTEN)) writeFileSync(join(documents, `${name}.md`), `# ${text}\n`);
  const site = build(documents);
  const page = await open(browser, site.url('search/index.html'));
  await settled(page);
  const first = { redis: 'rs', 레디스: 'sr', deploy: 'rs', 배포: 'sr', 'data center': 'rs', 데이터센터: 'sr', '2.14.0': 'tv', 'v2.14.0': 'tv', '10.12.3.4': 't', 'ORA-00060': 't' };
  for (const [query, wanted] of Object.entries(first)) {
    await type(page, query);
    const names = (await found(page)).join('');
    assert.equal(sorted(names.slice(0, wanted.length)), sorted(wanted), `${query} found ${names}`);
  }
  const just = { '"2.14.0"': 'tv', '"0.2.14"': 'u', '"10.12.3.4" leaked': 't', '"leak"': '', '"leaked twice"': 'u', 트레픽: 'w', 트레픽이: 'w', 메머리: 'w', 데이타베이스: 'w', 데이터배이스: 'w', '베포 ': 'rs', 레딕스: 'rs', 트럭크: '' };
  for (const [query, wanted] of Object.entries(just)) {
    await type(page, query);
    assert.equal(sorted((await found(page)).join('')), sorted(wanted), query);
  }
  assert.deepEqual(page.complaints, []);
  await page.close();
});
