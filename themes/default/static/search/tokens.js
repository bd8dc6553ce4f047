// Text becomes units of search, as the indexer makes them (`src/index/search/token.rs`), unit for unit:
// `tests/cases/search/vectors.tsv` tests both. No words of a language stand here; particles come with the index.
'use strict';
{
  const pmsite = (globalThis.pmsite ??= {});

  const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
  const FIRST = 0xac00;
  const PER_INITIAL = 21 * 28;
  const RIEUL = 8;
  const LONGEST = 64;
  const SHORTEST = 2;

  const isSyllable = (letter) => letter >= '가' && letter <= '힣';
  const isConsonant = (letter) => letter >= 'ㄱ' && letter <= 'ㅎ';
  const isLetter = (letter) =>
    /[\p{Alphabetic}\p{N}]/u.test(letter) && !isSyllable(letter) && !isConsonant(letter);
  /** The consonant that closes a syllable, by its number; 0 for none. */
  const closing = (syllable) => (isSyllable(syllable) ? (syllable.charCodeAt(0) - FIRST) % 28 : 0);

  /** Two consonants that close a syllable, by their number: the one that stays when the other begins the next, and that one. */
  const TWO = {
    3: [1, 'ㅅ'],
    5: [4, 'ㅈ'],
    6: [4, 'ㅎ'],
    9: [8, 'ㄱ'],
    10: [8, 'ㅁ'],
    11: [8, 'ㅂ'],
    12: [8, 'ㅅ'],
    13: [8, 'ㅌ'],
    14: [8, 'ㅍ'],
    15: [8, 'ㅎ'],
    18: [17, 'ㅅ'],
  };
  const CLOSING = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

  /**
   * What is typed before its last consonant becomes the first of the next syllable: from `데들` comes `데드`, and the first
   * and the last syllable that `ㄹ` may begin. Nothing for a syllable that is open.
   */
  const opened = (text) => {
    const number = closing(text.at(-1));
    if (number === 0) return null;
    const [stays, next] = TWO[number] ?? [0, CLOSING[number - 1]];
    const from = FIRST + INITIALS.indexOf(next) * PER_INITIAL;
    const before = text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) - number + stays);
    return { before, from: String.fromCharCode(from), to: String.fromCharCode(from + PER_INITIAL - 1) };
  };

  const withoutMarks = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC');

  /** Text in one form, whatever its width, composition and accents. Letters that stand by themselves stay so. */
  const alike = (text) =>
    text.replace(/[^\u3131-\u318e]+/g, (piece) =>
      withoutMarks(piece.normalize('NFKC')).replace(/[\u1100-\u1112]/g, (jamo) => INITIALS[jamo.charCodeAt(0) - 0x1100]),
    );

  const lower = (text) => withoutMarks(text.toLowerCase());

  /** What the plural, `-ed` and `-ing` have in common with the word itself. */
  function stem(word) {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    let stem = word;
    if (/(ss|x|ch|sh|z)es$/.test(stem)) stem = stem.slice(0, -2);
    else if (/s$/.test(stem) && !/(ss|us|is)$/.test(stem)) stem = stem.slice(0, -1);
    for (const end of ['ing', 'ed']) {
      if (!stem.endsWith(end)) continue;
      const rest = stem.slice(0, -end.length);
      if (rest.length > 2 && /[aeiouy]/.test(rest) && !(end === 'ed' && rest.endsWith('e'))) {
        stem = rest.replace(/([^lszaeiou])\1$/, '$1');
        break;
      }
    }
    if (stem.length > 3 && stem.endsWith('ie')) stem = stem.slice(0, -1);
    if (stem.length > 3 && stem.endsWith('e')) stem = stem.slice(0, -1);
    if (stem.length > 2 && stem.endsWith('i')) stem = `${stem.slice(0, -1)}y`;
    return stem;
  }

  /** Whether a new part of a word begins at a place: `my|Sql`, `HTTP|Server`, `http|2`. */
  function partsAt(letters, at) {
    const [before, here, next = ''] = [letters[at - 1], letters[at], letters[at + 1]];
    if (/\p{N}/u.test(before) !== /\p{N}/u.test(here)) return true;
    if (!/\p{Uppercase}/u.test(here)) return false;
    return /\p{Lowercase}/u.test(before) || (/\p{Uppercase}/u.test(before) && /\p{Lowercase}/u.test(next));
  }

  function word(letters) {
    const kept = letters.slice(0, LONGEST);
    const parts = [];
    let from = 0;
    for (let at = 1; at < kept.length; at += 1) {
      if (partsAt(letters, at)) {
        parts.push(kept.slice(from, at));
        from = at;
      }
    }
    if (from > 0) parts.push(kept.slice(from));
    const text = lower(kept.join(''));
    const long = parts.filter((part) => part.length > 1).map((part) => lower(part.join('')));
    return { kind: 'word', text, parts: long, stem: stem(text) };
  }

  /** A Hangul word without its particle: the longest that fits the letter before it. */
  function bare(word, particles) {
    let bare = word;
    for (const [list, wantsClosed] of [[particles.any, null], [particles.closed, true], [particles.open, false]]) {
      for (const particle of list) {
        if (!word.endsWith(particle)) continue;
        const rest = word.slice(0, word.length - particle.length);
        if (rest.length < SHORTEST || rest.length >= bare.length) continue;
        const last = closing(rest.at(-1));
        const fits = last === RIEUL && particle.startsWith('로') ? !wantsClosed : last > 0 === wantsClosed;
        if (wantsClosed === null || fits) bare = rest;
      }
    }
    return bare;
  }

  const isParticle = (word, { any, closed, open }) => [any, closed, open].some((list) => list.includes(word));

  /** The units of a text, in order. */
  function tokens(text, particles) {
    const letters = [...alike(text)];
    const found = [];
    const endOf = (from, is) => {
      let end = from;
      while (end < letters.length && is(letters[end])) end += 1;
      return end;
    };
    let at = 0;
    while (at < letters.length) {
      const start = at;
      if (isSyllable(letters[at])) {
        const run = { kind: 'run', syllables: '', written: [], words: [], isParticle: false };
        const follows = start > 0 && isLetter(letters[start - 1]);
        let end = at;
        while (at < letters.length && isSyllable(letters[at])) {
          end = endOf(at, isSyllable);
          const word = letters.slice(at, end).join('');
          run.syllables += word;
          run.isParticle = follows && at === start && isParticle(word, particles);
          if (!run.isParticle) {
            run.written.push(word);
            run.words.push(bare(word, particles));
          }
          at = endOf(end, (letter) => letter === ' ');
        }
        at = end;
        found.push(run);
      } else if (isConsonant(letters[at])) {
        at = endOf(at, isConsonant);
        found.push({ kind: 'initials', text: letters.slice(start, at).join('') });
      } else if (isLetter(letters[at])) {
        at = endOf(at, isLetter);
        found.push(word(letters.slice(start, at)));
      } else {
        at += 1;
      }
    }
    return found;
  }

  Object.assign(pmsite, { alike, bare, closing, isSyllable, lower, opened, stem, tokens });
}
