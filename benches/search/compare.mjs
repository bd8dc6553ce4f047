// Our search beside Pagefind and MiniSearch, on the same generated documents: `node benches/search/compare.mjs 1000 10000 100000`.
//
// With the others it writes the table of docs/performance.md. Sizes are what a browser receives from a host that compresses with gzip. `PEERS` is the largest number of documents that
// the others are measured with (10000): they take too long or too much memory beyond. Needs cargo, chromium, npm and pip, and gets
// `minisearch` and `pagefind-bin` from their registries into a temporary folder.

import { execFileSync, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch, open, repository } from '../../tests/browser/site.mjs';

const PEERS = Number(process.env.PEERS ?? 10000);
/** A word of each language from every part of the scale, from what every document says to what few do. */
const WORDS = ['request', 'deadlock', 'timeout', 'rollback', 'quorum', 'checkpoint', 'escalation', 'heartbeat', '서버', '장애', '데드락', '커넥션', '타임아웃', '데이터베이스', '마이그레이션', '서비스', '정족수', '체크포인트', '하트비트', '게이트웨이'];
const SHOWN = 10;

const work = process.env.WORK ?? mkdtempSync(join(tmpdir(), 'pmsite-bench-'));
process.on('exit', () => process.env.WORK ?? rmSync(work, { recursive: true, force: true }));
const browser = await launch();

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Files below a folder, with `/` between the parts of their names. */
const files = (folder) => readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(join(folder, name)).isFile()).sort();

/** Serves a folder and adds up what it sends, compressed unless it is already. */
async function serve(folder, isFirst) {
  const sent = { bytes: 0, first: 0 };
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm' };
  const server = createServer((request, response) => {
    const path = decodeURI(new URL(request.url, 'http://x').pathname).replace(/\/$/, '/index.html');
    const file = join(folder, path);
    if (!existsSync(file)) return response.writeHead(404).end();
    const bytes = readFileSync(file);
    const plain = ['.html', '.js', '.css', '.json', '.svg'].includes(extname(file));
    sent[isFirst(path) ? 'first' : 'bytes'] += plain ? gzipSync(bytes, { level: 9 }).length : bytes.length;
    return response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { sent, url: (path) => `http://127.0.0.1:${server.address().port}/${path}`, close: () => server.close() };
}

/** Runs a program and measures it: seconds, megabytes at its peak. */
function run(command, args, options = {}) {
  const start = performance.now();
  const { stderr, status } = spawnSync('/usr/bin/time', ['-f', '%M', command, ...args], { encoding: 'utf8', maxBuffer: 1e9, ...options });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return { seconds: (performance.now() - start) / 1000, megabytes: Number(stderr.trim().split('\n').pop()) / 1024 };
}

/**
 * What a search loads: before the first key, and for each word in a browser that has nothing yet. `isFirst` names files that are
 * needed for any word and only loaded late: they count as if they came before the first key.
 */
async function loads(folder, ready, search, isFirst = () => false) {
  const server = await serve(folder, isFirst);
  const page = await open(browser, server.url('search/index.html'));
  await ready(page);
  const html = gzipSync(readFileSync(join(folder, 'search/index.html'))).length;
  let before = server.sent.bytes - html;
  await page.close();
  server.sent.first = 0;
  const cold = [];
  for (const word of WORDS) {
    const context = await browser.createBrowserContext();
    const fresh = await open(context, server.url('search/index.html'));
    await ready(fresh);
    const [bytes, start] = [server.sent.bytes, performance.now()];
    const found = await search(fresh, word);
    cold.push({ word, found, bytes: server.sent.bytes - bytes, milliseconds: performance.now() - start });
    await context.close();
  }
  before += server.sent.first / WORDS.length;
  server.close();
  return { before, cold };
}

async function ours(count) {
  const folder = join(work, `ours-${count}`);
  rmSync(folder, { recursive: true, force: true });
  // `BENCH` is the benchmark where it has been built already.
  const [program, ...options] = process.env.BENCH ? [process.env.BENCH] : ['cargo', 'bench', '--quiet', '--bench', 'search', '--'];
  const printed = execFileSync(program, [...options, String(count), folder], { cwd: repository, encoding: 'utf8' });
  const measured = JSON.parse(printed.trim().split('\n').pop());
  const settled = () => !document.getElementById('results').hasAttribute('aria-busy') && document.getElementById('facets').children.length > 0;
  const { before, cold } = await loads(
    join(folder, 'site'),
    (page) => page.waitForFunction(settled),
    async (page, word) => {
      await page.$eval('main input', (field, word) => {
        field.value = word;
        document.getElementById('results').setAttribute('aria-busy', 'true');
        field.form.requestSubmit();
      }, word);
      await page.waitForFunction(settled);
      return page.$eval('#status', (status) => parseInt(status.textContent.replaceAll(',', ''), 10) || 0);
    },
  );
  const index = join(folder, 'site/search');
  const bytes = files(index).reduce((sum, name) => sum + statSync(join(index, name)).size, 0);
  return { ...measured, before, cold, bytes, files: files(index).length, folder };
}

/** The documents as the pages that Pagefind reads. */
function pages(documents, folder) {
  const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  for (const name of files(documents)) {
    const [title, ...lines] = readFileSync(join(documents, name), 'utf8').split('\n');
    const file = join(folder, name.replace(/\.md$/, '.html'));
    mkdirSync(dirname(file), { recursive: true });
    const lang = name.endsWith('-ko.md') ? 'ko' : 'en';
    writeFileSync(file, `<html lang="${lang}"><head><title>x</title></head><body><h1>${escaped(title.slice(2))}</h1><p>${lines.map(escaped).join('\n<p>')}</body></html>`);
  }
  mkdirSync(join(folder, 'search'), { recursive: true });
  writeFileSync(join(folder, 'search/index.html'), '<html lang="ko"><body></body></html>');
}

async function pagefind(count, documents) {
  const tools = join(work, 'python');
  if (!existsSync(tools)) {
    execFileSync('python3', ['-m', 'venv', tools]);
    execFileSync(join(tools, 'bin/pip'), ['install', '--quiet', 'pagefind-bin']);
  }
  const binary = execFileSync(join(tools, 'bin/python'), ['-c', 'import pagefind_bin; print(pagefind_bin.get_executable())'], { encoding: 'utf8' }).trim();
  const folder = join(work, `pagefind-${count}`);
  rmSync(folder, { recursive: true, force: true });
  pages(documents, folder);
  const built = run(binary, ['--site', folder, '--force-language', 'ko', '--quiet']);
  const { before, cold } = await loads(
    folder,
    (page) => page.evaluate(async () => {
      globalThis.pagefind = await import('/pagefind/pagefind.js');
      await globalThis.pagefind.init();
    }),
    (page, word) => page.evaluate(async (word, shown) => {
      const { results } = await globalThis.pagefind.search(word);
      await Promise.all(results.slice(0, shown).map((result) => result.data()));
      return results.length;
    }, word, SHOWN),
    (path) => /\.(pf_meta|pagefind)$|entry\.json$/.test(path),
  );
  const index = join(folder, 'pagefind');
  return { ...built, before, cold, bytes: files(index).reduce((sum, name) => sum + statSync(join(index, name)).size, 0), files: files(index).length };
}

function minisearch(count, documents) {
  const tools = join(work, 'node');
  if (!existsSync(tools)) {
    mkdirSync(tools, { recursive: true });
    writeFileSync(join(tools, 'package.json'), '{"private":true}');
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', 'minisearch'], { cwd: tools });
  }
  const program = join(tools, 'build.cjs');
  const output = join(work, `minisearch-${count}.json`);
  writeFileSync(program, `
    const MiniSearch = require('minisearch');
    const { readFileSync, writeFileSync } = require('node:fs');
    const index = new MiniSearch({ fields: ['title', 'text'], storeFields: ['title'] });
    JSON.parse(process.argv[3]).forEach((name, id) => {
      const [title, ...lines] = readFileSync(process.argv[2] + '/' + name, 'utf8').split('\\n');
      index.add({ id, title, text: lines.join('\\n') });
    });
    writeFileSync(process.argv[4], JSON.stringify(index));`);
  const list = join(tools, 'list.json');
  writeFileSync(list, JSON.stringify(files(documents)));
  writeFileSync(program, readFileSync(program, 'utf8').replace('JSON.parse(process.argv[3])', `JSON.parse(readFileSync(${JSON.stringify(list)}, 'utf8'))`));
  const built = run('node', ['--max-old-space-size=8000', program, documents, '', output]);
  const script = readFileSync(join(dirname(createRequire(join(tools, 'x.js')).resolve('minisearch')), '../es/index.js'));
  const { default: MiniSearch } = createRequire(join(tools, 'x.js'))('minisearch').default ? createRequire(join(tools, 'x.js'))('minisearch') : { default: createRequire(join(tools, 'x.js'))('minisearch') };
  const json = readFileSync(output, 'utf8');
  const start = performance.now();
  const index = MiniSearch.loadJSON(json, { fields: ['title', 'text'], storeFields: ['title'] });
  const load = performance.now() - start;
  const cold = WORDS.map((word) => {
    const from = performance.now();
    const found = index.search(word, { prefix: true }).length;
    return { word, found, bytes: 0, milliseconds: load + performance.now() - from };
  });
  return { ...built, before: gzipSync(json).length + gzipSync(script).length, cold, bytes: json.length, files: 1 };
}

const table = [];
for (const count of process.argv.slice(2).map(Number)) {
  const rows = [['pmsite', await ours(count)]];
  if (count <= PEERS) {
    const documents = join(rows[0][1].folder, 'documents');
    rows.push(['Pagefind', await pagefind(count, documents)], ['MiniSearch', minisearch(count, documents)]);
  }
  for (const [name, { before, cold, seconds, cpu_seconds: worked, megabytes, bytes, files }] of rows) {
    const sizes = cold.map((query) => query.bytes);
    table.push({
      documents: count,
      search: name,
      'before first key': kilobytes(before),
      'cold word, median': kilobytes(median(sizes)),
      'cold word, most': kilobytes(Math.max(...sizes)),
      'ms, median': Math.round(median(cold.map((query) => query.milliseconds))),
      'build, s': seconds.toFixed(2) + (worked === undefined ? '' : ` (${worked.toFixed(2)} CPU)`),
      'build, MB': Math.round(megabytes),
      'on disk, MB': (bytes / 1e6).toFixed(1),
      files,
      'found 데드락': cold.find((query) => query.word === '데드락').found,
      'found 서버': cold.find((query) => query.word === '서버').found,
    });
  }
  if (process.env.DETAILS) for (const [name, { cold }] of rows) console.error(name, cold.map(({ word, found, bytes }) => `${word}:${found}:${kilobytes(bytes)}`).join(' '));
}
console.table(table);
await browser.close();

/** The table of the documentation, where the others were measured as well. */
const [head] = table;
const row = (cells) => `| ${cells.join(' | ')} |`;
const lines = [
  `\`node benches/search/compare.mjs ${process.argv.slice(2).join(' ')}\`, ${new Date().toISOString().slice(0, 10)}:`,
  '',
  row(Object.keys(head)),
  row(Object.keys(head).map((name) => (name === 'search' ? '---' : '--:'))),
  ...table.map((line) => row(Object.values(line))),
];
const [from, to] = ['<!-- search -->\n', '<!-- /search -->'];
const page = join(repository, 'docs/performance.md');
const text = readFileSync(page, 'utf8');
const [start, end] = [text.indexOf(from), text.indexOf(to)];
if (PEERS > 0 && start >= 0 && end > start) writeFileSync(page, `${text.slice(0, start + from.length)}${lines.join('\n')}\n${text.slice(end)}`);
