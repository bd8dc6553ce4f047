// A query becomes documents, best first: BM25 over the levels that the indexer gave, a concept above what the body says,
// all words before most words, the newest first where all else is equal.
'use strict';
{
  const pmsite = globalThis.pmsite;

  /** Longest row of Hangul in the index, and how far apart the rows of a longer word are looked up. */
  const ROW = 5;
  const STEP = 3;
  /** So much a match counts by what it is. */
  const WORTH = { exact: 1, stem: 0.9, part: 0.7, bare: 0.8, prefix: 0.6, typo: 0.5, meaning: 0.6, whole: 0.15, phrase: 0.3, concept: 1.5 };
  /** Longest name of a concept, in words. */
  const LONGEST_NAME = 4;
  /** A piece of Hangul is short up to so many syllables: longer ones the indexer does not list as words. */
  const SHORT = 3;

  /** The index, opened once. */
  pmsite.open = async () => {
    const index = await pmsite.load(document.getElementById('search').dataset.index);
    index.terms ??= { words: new pmsite.Terms('w', index.words), grams: new pmsite.Terms('g', index.grams) };
    return index;
  };

  /** What is only loaded when it is needed, by what it is. */
  pmsite.part = async (what) => pmsite.load((await pmsite.open()).parts[what]);

  /** What results show of a document. */
  pmsite.text = async (id) => {
    const { shelf, shelves } = await pmsite.open();
    const at = Math.floor(id / shelf) * 6;
    return pmsite.load(`d/${shelves.slice(at, at + 6)}/${id % shelf}`);
  };

  /** The units of a query that documents are wanted to have. */
  function units(text, particles) {
    const wanted = [];
    const found = pmsite.tokens(text, particles);
    found.forEach((token, place) => {
      if (token.kind === 'word') wanted.push({ ...token, run: place });
      if (token.kind === 'run') {
        token.written.forEach((written, number) => wanted.push({ kind: 'hangul', text: written, bare: token.words[number], run: place }));
      }
      // A consonant after a syllable is the beginning of one that is being typed.
      const isTyping = token.kind === 'initials' && found[place - 1]?.kind === 'run' && place === found.length - 1;
      if (token.kind === 'initials' && !isTyping) wanted.push({ ...token, run: place });
    });
    const last = wanted.at(-1);
    // `C++` is over: no letter can go on what ends with a sign.
    if (last) last.isLast = /[\p{Alphabetic}\p{N}]$/u.test(text);
    return wanted;
  }

  /** What documents score, kept for all of them at once. */
  class Scores {
    constructor(count) {
      this.values = new Float32Array(count);
      /** Whether a document has exactly what was typed. */
      this.typed = new Uint8Array(count);
    }

    /** Takes the better of what is there and this. */
    take(worth, isTyped = false) {
      return (document, level) => {
        if (isTyped) this.typed[document] = 1;
        const score = (worth * (level + 1)) / 8;
        if (score > this.values[document]) this.values[document] = score;
      };
    }

    add(worth) {
      return (document) => {
        if (this.values[document] > 0) this.values[document] += worth;
      };
    }

    get count() {
      return this.values.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
    }
  }

  /** Documents with a piece of Hangul: one row, or all rows of a longer piece. */
  async function hangul(index, text, scores, worth) {
    const { grams } = index.terms;
    const isTyped = worth === WORTH.exact;
    if (text.length <= ROW) {
      await grams.beginning(text, scores.take(worth, isTyped));
      return;
    }
    const starts = [];
    for (let start = 0; start < text.length - ROW; start += STEP) starts.push(start);
    starts.push(text.length - ROW);
    const rows = await Promise.all(
      starts.map(async (start) => {
        const row = new Scores(index.documents);
        await grams.beginning(text.slice(start, start + ROW), row.take(worth));
        return row.values;
      }),
    );
    const take = scores.take(worth, isTyped);
    rows[0].forEach((_, document) => {
      const least = Math.min(...rows.map((row) => row[document]));
      if (least > 0) take(document, (least / worth) * 8 - 1);
    });
  }

  /**
   * Documents with a piece of Hangul whose last syllable is not yet what it will be: its consonant may begin the next
   * one, and an open one may be any. What was looked for is marked in the results.
   */
  async function begun(index, unit, scores) {
    const next = pmsite.opened(unit.text);
    unit.begun = next ? next.before : unit.text.slice(0, -1);
    if (unit.begun === '') return;
    if (next && unit.begun.length < ROW) {
      await index.terms.grams.between(unit.begun + next.from, unit.begun + next.to, scores.take(WORTH.prefix));
    } else {
      await hangul(index, unit.begun, scores, WORTH.prefix);
    }
  }

  /** Documents with a unit as it is written, in the forms that count as the same. */
  async function literal(index, unit) {
    const { words } = index.terms;
    const scores = new Scores(index.documents);
    if (unit.kind === 'hangul') {
      await hangul(index, unit.text, scores, WORTH.exact);
      if (unit.bare !== unit.text) await hangul(index, unit.bare, scores, WORTH.bare);
      // What is being typed may yet become another syllable.
      if (unit.isLast && scores.count === 0) await begun(index, unit, scores);
      // Short pieces stand in many longer words, and a word of its own is worth more.
      if (unit.bare.length <= SHORT) await words.exact(unit.bare, 'exact', scores.add(WORTH.whole));
      unit.means = [];
      for (const text of new Set([unit.text, unit.bare])) {
        unit.means.push(...(await words.exact(text, 'meaning', scores.take(WORTH.meaning))));
      }
    } else if (unit.kind === 'initials') {
      await hangul(index, unit.text, scores, WORTH.exact);
    } else {
      await Promise.all([
        words.exact(unit.text, 'exact', scores.take(WORTH.exact, true)),
        words.exact(unit.stem, 'exact', scores.take(WORTH.stem)),
        words.exact(unit.stem, 'stem', scores.take(WORTH.stem)),
        unit.isLast ? words.beginning(unit.text, scores.take(WORTH.prefix, true)) : null,
      ]);
      unit.means = await words.exact(unit.stem, 'meaning', scores.take(WORTH.meaning));
      if (scores.count === 0 && unit.parts.length > 0) await together(index, unit.parts, scores);
    }
    return scores;
  }

  /** What the other language says for two words that stand beside each other: `data center`. */
  async function addPairs(index, wanted, all) {
    const pairs = wanted.slice(1).map(async (unit, place) => {
      const before = wanted[place];
      if (unit.kind !== 'word' || before.kind !== 'word') return;
      const takes = [place, place + 1].map((at) => all[at].take(WORTH.meaning));
      const means = await index.terms.words.exact(`${before.stem} ${unit.stem}`, 'meaning', (document, level) => takes.forEach((take) => take(document, level)));
      before.means.push(...means);
    });
    await Promise.all(pairs);
  }

  /** Documents that have all parts of a word that none has as a whole. */
  async function together(index, parts, scores) {
    const all = await Promise.all(
      parts.map(async (part) => {
        const found = new Scores(index.documents);
        await index.terms.words.exact(part, 'exact', found.take(WORTH.part));
        return found.values;
      }),
    );
    scores.values.forEach((_, document) => {
      scores.values[document] = Math.min(...all.map((values) => values[document]));
    });
  }

  /** The name of a concept as the index knows it. */
  function nameOf(units, wording) {
    let name = '';
    units.forEach((unit, place) => {
      const isJoined = place > 0 && unit.run === units[place - 1].run;
      if (name !== '' && !isJoined) name += ' ';
      name += unit.kind === 'word' ? unit.stem : (unit[wording] ?? unit.text);
    });
    return name;
  }

  /** For each unit the concepts that it, or it and its neighbours, are a name of. */
  function concepts(index, units) {
    const named = units.map(() => new Set());
    for (let start = 0; start < units.length; start += 1) {
      for (let end = start + 1; end <= Math.min(units.length, start + LONGEST_NAME); end += 1) {
        const some = units.slice(start, end);
        for (const wording of ['text', 'bare']) {
          const name = nameOf(some, wording);
          if (!Object.hasOwn(index.aliases, name)) continue;
          for (let at = start; at < end; at += 1) index.aliases[name].forEach((concept) => named[at].add(concept));
        }
      }
    }
    return named;
  }

  /** Adds the documents of concepts to those of a unit. */
  async function addConcepts(index, scores, concepts) {
    const members = new Set();
    await Promise.all(
      [...concepts].map((concept) => index.terms.words.exact(concept, 'exact', (document) => members.add(document))),
    );
    for (const document of members) scores.values[document] += WORTH.concept;
  }

  /** Documents in which Hangul words of the query stand next to each other, spaces or not. */
  async function addPhrases(index, wanted, all) {
    const runs = new Map();
    wanted.forEach((unit, place) => {
      if (unit.kind === 'hangul') runs.set(unit.run, [...(runs.get(unit.run) ?? []), place]);
    });
    for (const places of runs.values()) {
      if (places.length < 2) continue;
      const phrase = new Scores(index.documents);
      await hangul(index, places.map((place) => wanted[place].text).join(''), phrase, WORTH.exact);
      phrase.values.forEach((value, document) => {
        if (value > 0) for (const place of places) all[place].values[document] += WORTH.phrase;
      });
    }
  }

  /**
   * Numbers that are written as one, `2024-03-18` or `1.27.3`, are looked for as one where a document has all of them; of a
   * day those of that day come first, however they write it.
   */
  async function addNumbers(index, text, wanted, all) {
    for (const [written] of text.matchAll(/\d+(?:[-./:]\d+)+/g)) {
      const numbers = written.split(/\D/);
      const first = wanted.findIndex((_, at) => numbers.every((number, next) => wanted[at + next]?.text === number));
      if (first < 0) continue;
      const scores = all.slice(first, first + numbers.length);
      const [, year, month, date] = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(written) ?? [];
      const ofDay = new Set();
      if (year) {
        const day = `#day/${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
        await index.terms.words.exact(day, 'exact', (document) => ofDay.add(document));
      }
      const has = (document) => ofDay.has(document) || scores.every(({ values }) => values[document] > 0);
      const documents = [...scores[0].values.keys()].filter(has);
      if (documents.length === 0) continue;
      for (const { values } of scores) {
        const kept = documents.map((document) => values[document] + (ofDay.has(document) ? WORTH.concept : 0));
        values.fill(0);
        documents.forEach((document, at) => (values[document] = kept[at]));
      }
    }
  }

  /** What remains of a query: units, their documents, what was read for what was typed. */
  async function gather(index, text) {
    const wanted = units(text, index.particles);
    const named = concepts(index, wanted);
    const all = await Promise.all(wanted.map((unit) => literal(index, unit)));
    await addPairs(index, wanted, all);
    const corrected = [];
    for (const [place, unit] of wanted.entries()) {
      if (named[place].size > 0 || all[place].count > 0) continue;
      for (const other of await pmsite.corrections(index, unit)) {
        (unit.others ??= []).push(other);
        const scores = await literal(index, other);
        scores.values.forEach((value, document) => {
          if (value > 0) all[place].take(WORTH.typo)(document, value * 8 - 1);
        });
        corrected.push([unit.text, other.text]);
      }
    }
    const meant = wanted.map((unit) => unit.others?.[0] ?? unit);
    concepts(index, meant).forEach((more, place) => more.forEach((concept) => named[place].add(concept)));
    await Promise.all(all.map((scores, place) => addConcepts(index, scores, named[place])));
    await addPhrases(index, wanted, all);
    await addNumbers(index, text, wanted, all);
    await pmsite.addCompounds(index, text, wanted, all);
    return { wanted, named, all, corrected };
  }

  /**
   * The documents of a query, best first. `isTyped` says of each whether it has all words as they were typed (the last
   * one may go on), rather than an inflection or a concept that they name.
   */
  pmsite.search = async (text) => {
    const index = await pmsite.open();
    const { wanted, named, all, corrected } = await gather(index, text);
    const isAsked = await pmsite.quoted(index, text, wanted, all);
    const sums = new Float64Array(index.documents);
    const counts = new Uint32Array(index.documents);
    for (const scores of all) {
      const known = scores.count;
      const rarity = Math.log(1 + (index.documents - known + 0.5) / (known + 0.5));
      scores.values.forEach((value, document) => {
        if (value === 0) return;
        sums[document] += value * rarity;
        counts[document] += 1;
      });
    }
    const best = counts.reduce((best, count) => Math.max(best, count), 0);
    // Of three words or more one may be missing.
    const needed = Math.max(1, best > 2 ? best - 1 : best);
    const documents = [];
    counts.forEach((count, document) => count >= needed && isAsked(document) && documents.push(document));
    // Newer documents have larger numbers.
    documents.sort((a, b) => counts[b] - counts[a] || sums[b] - sums[a] || b - a);
    const isTyped = (document) => all.every((scores) => scores.typed[document] === 1);
    return { documents, units: wanted, concepts: named, corrected, isTyped };
  };
}
