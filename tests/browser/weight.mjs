// What a first view weighs, packed as hosts pack it: `node tests/browser/weight.mjs [FOLDER]`. For the home page, trends
// and every incident the bytes of the page and of all that it needs before a reader does anything.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, pages, repository } from './site.mjs';

const site = build(process.argv[2] ?? join(repository, 'content'));
const packed = new Map();

/** The packed bytes of a file; pictures are packed already. */
function weigh(path) {
  if (!packed.has(path)) {
    const bytes = readFileSync(join(site.output, path));
    packed.set(path, /\.(png|jpe?g|gif|webp)$/.test(path) ? bytes.length : gzipSync(bytes, { level: 6 }).length);
  }
  return packed.get(path);
}

/** The page with its stylesheets, scripts and pictures; icons and feeds wait. */
function first(path) {
  const text = readFileSync(join(site.output, path), 'utf8');
  const parts = [...text.matchAll(/<(?:link rel="stylesheet"|script|img)[^>]*? (?:href|src)="([^":]+)"/g)];
  const files = new Set(parts.map(([, url]) => join(dirname(path), decodeURIComponent(url))));
  return [path, ...files].reduce((sum, file) => sum + weigh(file), 0);
}

const show = (name, bytes) => console.log(`${(bytes / 1000).toFixed(1).padStart(8)} KB  ${name}`);
for (const path of ['index.html', 'trends/index.html', 'search/index.html', 'actions/index.html', 'causes/index.html']) show(path, first(path));
const incidents = pages(site).filter((path) => path.startsWith('incidents/') && !/(^|\/)(index|page-\d+)\.html$/.test(path));
const weights = incidents.map((path) => [first(path), path]).sort(([a], [b]) => a - b);
if (weights.length > 0) {
  show(`incidents, median of ${weights.length}`, weights[Math.floor(weights.length / 2)][0]);
  show(`the heaviest: ${weights.at(-1)[1]}`, weights.at(-1)[0]);
}
