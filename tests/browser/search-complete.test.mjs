// Nothing is missing from the index: random words and random pieces of Hangul of generated documents find exactly the
// documents that a plain reading of their files finds. `DOCUMENTS` and `SAMPLES` make it larger: 10000 and 2000.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, folder, launch, open, repository } from './site.mjs';

const DOCUMENTS = Number(process.env.DOCUMENTS ?? 400);
const SAMPLES = Number(process.env.SAMPLES ?? 300);
const generate = process.env.GENERATE ?? join(repository, 'target/release/examples/generate');

let browser;
let page;
/** For each document its lines as a reader sees them; a document's place is its number in the index. */
let texts;

/** A generated document without its markup, of which it has little. */
const lines = (markdown) =>
  markdown.split('\n').map((line) => line.replace(/^(#+|-) /, '').replaceAll('`', '').trim());

/** The numbers and texts of all documents, as the page loads them. */
const published = (page) =>
  page.evaluate(async () => {
    const { documents } = await pmsite.open();
    const texts = [];
    for (let id = 0; id < documents; id += 1) texts.push([id, await pmsite.text(id)]);
    return texts;
  });

before(async () => {
  const documents = folder();
  execFileSync(generate, [String(DOCUMENTS), documents, '7']);
  const site = build(documents);
  browser = await launch();
  page = await open(browser, site.url('search/index.html'));
  texts = [];
  for (const [number, { url }] of await published(page)) {
    const name = url.replace(/^incidents\/|\.html$/g, '');
    texts[number] = lines(readFileSync(join(documents, `${name}.md`), 'utf8'));
  }
  assert.equal(texts.length, DOCUMENTS);
});
after(() => browser?.close());

/** Numbers that look random and are the same every time. */
function random(seed) {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** The numbers of the documents that the page finds, as typed. */
const search = (queries) =>
  page.evaluate(async (queries) => {
    const found = [];
    for (const query of queries) {
      const { documents, isTyped } = await pmsite.search(query);
      found.push(documents.filter(isTyped).sort((a, b) => a - b));
    }
    return found;
  }, queries);

/** Compares the page with a plain reading, some hundred queries at a time. */
async function compare(queries, scan) {
  for (let at = 0; at < queries.length; at += 100) {
    const some = queries.slice(at, at + 100);
    const found = await search(some);
    some.forEach((query, place) => assert.deepEqual(found[place], scan(query.trim()), `“${query}”`));
  }
}

/** Samples of something that a random line has. */
function sample(seed, pick) {
  const below = random(seed);
  const found = new Set();
  for (let tries = 0; found.size < SAMPLES && tries < SAMPLES * 100; tries += 1) {
    const text = texts[below(texts.length)];
    const piece = pick(text[below(text.length)], below);
    if (piece) found.add(piece);
  }
  return [...found];
}

/** By each word the documents that have it; `12ms` is also `12` and `ms`. */
function byWord() {
  const known = new Map();
  texts.forEach((text, number) => {
    const words = text.flatMap((line) => line.toLowerCase().match(/[a-z0-9]+/g) ?? []);
    const parts = words.flatMap((word) => word.match(/[a-z]+|[0-9]+/g)).filter((part) => part.length > 1);
    for (const word of new Set([...words, ...parts])) known.set(word, [...(known.get(word) ?? []), number]);
  });
  return known;
}

test('every word finds the documents that have it', async () => {
  const known = byWord();
  const words = sample(1, (line, below) => {
    const words = line.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    return words[below(words.length)];
  });
  assert.ok(words.length > SAMPLES / 2);
  // With a space after it the word is over, and not the beginning of longer ones.
  await compare(words.map((word) => `${word} `), (word) => known.get(word));
});

test('every beginning of a word finds the documents that have such words', async () => {
  const known = [...byWord()];
  const beginnings = sample(2, (line, below) => {
    const words = line.toLowerCase().match(/[a-z]+/g) ?? [];
    const word = words[below(words.length)];
    return word?.slice(0, 1 + below(word.length));
  }).slice(0, Math.ceil(SAMPLES / 4));
  const scan = (beginning) => {
    const numbers = known.flatMap(([word, numbers]) => (word.startsWith(beginning) ? numbers : []));
    return [...new Set(numbers)].sort((a, b) => a - b);
  };
  await compare(beginnings, scan);
});

test('every piece of Hangul finds the documents that have it, whatever the spaces', async () => {
  const joined = texts.map((text) => text.map((line) => line.replace(/(?<=[가-힣]) +(?=[가-힣])/g, '')).join('\n'));
  const pieces = sample(3, (line, below) => {
    const runs = line.replace(/(?<=[가-힣]) +(?=[가-힣])/g, '').match(/[가-힣]{2,}/g) ?? [];
    const run = runs[below(runs.length)];
    const length = 2 + below(4);
    if (!run || run.length < length) return undefined;
    const start = below(run.length - length + 1);
    return run.slice(start, start + length);
  });
  assert.ok(pieces.length > SAMPLES / 2);
  const scan = (piece) => joined.flatMap((text, number) => (text.includes(piece) ? [number] : []));
  await compare(pieces, scan);
});

test('every word of real documents is found, and nothing else', async () => {
  const site = build(join(repository, 'content'));
  const real = await open(browser, site.url('search/index.html'));
  const documents = (await published(real)).map(([number, { title, severity, services, text }]) => [number, `${title}\n${severity ?? ''}\n${services.join('\n')}\n${text}`]);
  const words = [...new Set(documents.flatMap(([, text]) => text.match(/[A-Za-z0-9]+/g)))].filter((_, place) => place % 5 === 0);
  const found = await real.evaluate(async (words) => {
    const all = [];
    for (const word of words) {
      const { documents, isTyped } = await pmsite.search(`${word} `);
      all.push(documents.filter(isTyped).sort((a, b) => a - b));
    }
    return all;
  }, words);
  words.forEach((word, place) => {
    const has = new RegExp(`(?<![\\p{Alphabetic}\\p{N}])${word}(?![\\p{Alphabetic}\\p{N}])|(?<=[가-힣])${word}(?![a-z0-9])|(?<![a-z0-9])${word}(?=[가-힣])`, 'iu');
    const missing = documents.filter(([number, text]) => has.test(text) && !found[place].includes(number));
    assert.deepEqual(missing.map(([number]) => number), [], `“${word}” is missed`);
    // A part of a word in camel case is a word as well.
    const anywhere = documents.filter(([, text]) => text.toLowerCase().includes(word.toLowerCase())).map(([number]) => number);
    assert.deepEqual(found[place].filter((number) => !anywhere.includes(number)), [], `“${word}” is not there`);
  });
});
