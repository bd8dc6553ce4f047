// What is written as one with signs in it, versions, addresses, days, codes of errors, and what stands in quotes.
// The indexer makes the same of a text (`src/index/search/compound.rs`): `tests/cases/search/vectors.tsv` tests both.
'use strict';
{
  const pmsite = globalThis.pmsite;

  const LONGEST = 40;
  /** Exactly this in a document, more than anything else that it says; the beginning of it, and its numbers. */
  const WHOLE = 4;
  const PART = 1;

  const isOne = (text) => /[._-]/.test(text) && /\d/.test(text) && !/^\d+-\d+$/.test(text) && text.length <= LONGEST;

  /** `redis-7.2.4` and `7.2.4`; the first is the whole, without the `v` of a version and the time of a day. */
  const compounds = (text) =>
    [...text.matchAll(/[a-z0-9]+(?:[._-][a-z0-9]+)+/gi)].flatMap(([found]) => {
      const whole = found.toLowerCase().replace(/(?<=\d)t\d.*$/, '').replace(/^v(?=\d)/, '');
      const runs = [...whole.matchAll(/(?<![a-z0-9])v?(\d+(?:[._-]\d+)+)(?![a-z0-9])/g)].map(([, run]) => run);
      return [whole, ...runs.filter((run) => run !== whole)].filter(isOne);
    });

  const textsOf = (text, particles) => new Set(pmsite.tokens(text, particles).flatMap((token) => token.written ?? [token.text]));

  /** Documents that have a compound of the query as it is written come first. */
  async function addCompounds(index, text, wanted, all) {
    for (const compound of new Set(compounds(text))) {
      const found = new Map();
      const take = (worth) => (document) => found.set(document, Math.max(worth, found.get(document) ?? 0));
      // The `v` of a version is no part of it.
      const written = textsOf(`${compound} v${compound}`, index.particles);
      await index.terms.words.exact(compound, 'exact', take(WHOLE));
      if (wanted.at(-1)?.isLast && text.toLowerCase().endsWith(compound)) await index.terms.words.beginning(compound, take(PART));
      wanted.forEach(({ text: unit }, place) => {
        if (written.has(unit)) for (const [document, worth] of found) all[place].values[document] += worth;
      });
    }
  }

  /** Whether a document has all that stands in quotes as it is written there. */
  async function quoted(index, text, wanted, all) {
    const quotes = [...text.matchAll(/"([^"]+)"|“([^”]+)”/g)].map((match) => match[1] ?? match[2]);
    const lists = [];
    for (const quote of quotes) {
      const signed = compounds(quote);
      const written = textsOf(signed.join(' '), index.particles);
      for (const compound of signed) {
        const found = new Set();
        await index.terms.words.exact(compound, 'exact', (document) => found.add(document));
        lists.push((document) => found.has(document));
      }
      const asked = textsOf(quote, index.particles);
      wanted.forEach(({ text: unit }, place) => {
        const isSigned = written.has(unit) || written.has(unit.replace(/^v/, ''));
        if (asked.has(unit) && !isSigned) lists.push((document) => all[place].typed[document] === 1);
      });
    }
    return (document) => lists.every((has) => has(document));
  }

  Object.assign(pmsite, { compounds, addCompounds, quoted });
}
