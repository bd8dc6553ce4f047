// A browser, and sites built by the program under test.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.PMSITE ?? join(repository, 'target/release/pmsite');

/** Chromium without anything that would reach out. */
export const launch = () =>
  puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });

/** An empty folder that goes when the process ends. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'pmsite-'));
  process.on('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Builds a folder of documents; the address of a page of the site is `url('index.html')`. */
export function build(content, ...options) {
  const output = join(folder(), 'site');
  execFileSync(program, ['build', content, '-o', output, '--quiet', ...options], { stdio: ['ignore', 'inherit', 'inherit'] });
  return { output, url: (path) => new URL(path, pathToFileURL(`${output}/`)).href };
}

/** The paths of all pages of a site. */
export function pages(site) {
  const files = readdirSync(site.output, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && file.name.endsWith('.html'))
    .map((file) => relative(site.output, join(file.parentPath ?? file.path, file.name)))
    .sort();
}

/** Opens a page and keeps what it complained about. */
export async function open(browser, url, { width = 1280, height = 900, dark = false } = {}) {
  const page = await browser.newPage();
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && page.complaints.push(message.text()));
  page.on('requestfailed', (request) => {
    // A lazy picture that a page was left before.
    const { errorText } = request.failure();
    if (errorText !== 'net::ERR_ABORTED') page.complaints.push(`${request.url()}: ${errorText}`);
  });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.setViewport({ width, height });
  await page.goto(url, { waitUntil: 'load' });
  return page;
}

/** Serves a folder as `pmsite serve` does, until `stop()`. */
export async function serve(root, ...options) {
  const server = spawn(program, ['serve', root, '--port', '0', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  process.on('exit', () => server.kill());
  let said = '';
  const origin = await new Promise((resolve, reject) => {
    server.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const [, address] = /(http:\/\/[^\s/]+\/)/.exec(said) ?? [];
      if (address) resolve(address);
    });
    server.on('exit', () => reject(new Error(said)));
  });
  return { url: (path) => new URL(path, origin).href, stop: () => server.kill() };
}
