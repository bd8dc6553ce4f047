// The part of a text that says most of what was asked for, with the words marked.
'use strict';
{
  const pmsite = globalThis.pmsite;

  /** An excerpt is about this long, and shows so much before its first match. */
  const LENGTH = 220;
  const LEAD = 60;
  /** So many matches are looked at; more would not make the excerpt better. */
  const MOST = 400;

  /** Everything of a query that can stand in a text: words, pieces of Hangul, names of its concepts. */
  pmsite.needles = (result, aliases) => {
    const needles = [];
    result.units.forEach((unit, number) => {
      for (const word of [unit, ...(unit.others ?? [])]) {
        if (word.kind === 'word') needles.push({ ...word, number, isWord: true });
        else for (const text of new Set([word.text, word.bare, word.begun].filter(Boolean))) needles.push({ text, number });
        for (const other of word.means ?? []) {
          if (other.includes(' ')) needles.push({ words: other.split(' ').map(pmsite.stem), number, isWord: true });
          else if (!pmsite.isSyllable(other[0])) needles.push({ text: other, stem: pmsite.stem(other), number, isWord: true });
          // A single syllable stands in many words that have nothing to do with it.
          else if (other.length > 1) needles.push({ text: other, number });
        }
      }
    });
    const named = new Map();
    result.concepts.forEach((concepts, number) => concepts.forEach((concept) => named.set(concept, number)));
    for (const [name, concepts] of Object.entries(aliases)) {
      const number = concepts.map((concept) => named.get(concept)).find((number) => number !== undefined);
      if (number === undefined) continue;
      if (pmsite.isSyllable(name[0])) needles.push({ text: name.replaceAll(' ', ''), number, isName: true });
      else needles.push({ words: name.split(' '), number, isName: true, isWord: true });
    }
    return needles;
  };

  /** Hangul of a text without the spaces in between, each syllable with its place. */
  function syllables(text) {
    let joined = '';
    const places = [];
    let space = false;
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at];
      if (letter === ' ' && joined !== '' && pmsite.isSyllable(joined.at(-1))) {
        space = true;
        continue;
      }
      if (space && !pmsite.isSyllable(letter)) {
        joined += ' ';
        places.push(at - 1);
      }
      space = false;
      joined += letter;
      places.push(at);
    }
    return { joined, places };
  }

  /** The words of a text that are not Hangul, each with its place. */
  function words(text) {
    const found = [];
    for (const match of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)) {
      // Hangul beside other letters is another word.
      for (const part of match[0].matchAll(/[^가-힣ㄱ-ㅎ]+/gu)) {
        const [token] = pmsite.tokens(part[0], { any: [], closed: [], open: [] });
        if (token) found.push({ ...token, start: match.index + part.index, end: match.index + part.index + part[0].length });
      }
    }
    return found;
  }

  /** Whether a word of a text is what a needle asks for; the length of what is the same. */
  function meets(word, needle) {
    const whole = word.end - word.start;
    if (word.text === needle.text || word.stem === needle.stem || word.parts?.includes(needle.text)) return whole;
    if (needle.isLast && word.text.startsWith(needle.text)) return Math.min(whole, needle.text.length);
    return 0;
  }

  /** All matches in a text: `[start, end, number of the unit]`, in order and apart from each other. */
  pmsite.matches = (text, needles) => {
    const found = [];
    const { joined, places } = syllables(text);
    for (const needle of needles.filter((needle) => !needle.isWord)) {
      for (let at = joined.indexOf(needle.text); at >= 0 && found.length < MOST; at = joined.indexOf(needle.text, at + 1)) {
        found.push([places[at], places[at + needle.text.length - 1] + 1, needle.number]);
      }
    }
    const asked = needles.filter((needle) => needle.isWord);
    if (asked.length > 0) {
      const all = words(text);
      all.forEach((word, place) => {
        for (const needle of asked) {
          if (needle.words) {
            const last = all[place + needle.words.length - 1];
            if (last && needle.words.every((stem, step) => all[place + step].stem === stem)) found.push([word.start, last.end, needle.number]);
          } else {
            const length = meets(word, needle);
            if (length > 0) found.push([word.start, word.start + length, needle.number]);
          }
        }
      });
    }
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    let end = 0;
    return found.filter((match) => match[0] >= end && ((end = match[1]), true));
  };

  /** Where the excerpt begins: before the matches that stand close together and are of most units. */
  function start(text, matches) {
    let [best, worth] = [matches[0]?.[0] ?? 0, 0];
    matches.forEach(([from], place) => {
      const units = new Set();
      let count = 0;
      for (const [, end, unit] of matches.slice(place, place + 12)) {
        if (end - from > LENGTH - LEAD) break;
        units.add(unit);
        count += 1;
      }
      const here = units.size * 4 + count;
      if (here > worth) [best, worth] = [from, here];
    });
    if (best < LEAD) return 0;
    // From the beginning of a line or sentence if there is one, else of a word.
    const lead = text.slice(best - LEAD, best);
    const line = lead.lastIndexOf('\n');
    const sentence = lead.search(/(?<=[.!?] )(?!.*[.!?] )/s);
    const space = lead.indexOf(' ');
    return best - LEAD + Math.max(line + 1, sentence, line < 0 && sentence < 0 ? space + 1 : 0);
  }

  /** A text as nodes, with its matches marked. */
  pmsite.marked = (text, matches, from = 0, to = text.length) => {
    const nodes = [];
    let at = from;
    const plain = (end) => end > at && nodes.push(document.createTextNode(text.slice(at, end).replace(/\s+/g, ' ')));
    for (const [start, end] of matches) {
      if (start < from || end > to) continue;
      plain(start);
      const mark = document.createElement('mark');
      mark.textContent = text.slice(start, end);
      nodes.push(mark);
      at = end;
    }
    plain(to);
    return nodes;
  };

  /** The excerpt of a text. */
  pmsite.excerpt = (text, needles) => {
    const matches = pmsite.matches(text, needles);
    const from = start(text, matches);
    let to = Math.min(text.length, from + LENGTH);
    if (to < text.length) {
      const space = text.lastIndexOf(' ', to);
      if (space > from + LENGTH / 2) to = space;
    }
    const nodes = pmsite.marked(text, matches, from, to);
    if (from > 0) nodes.unshift('… ');
    if (to < text.length) nodes.push(' …');
    return nodes;
  };
}
