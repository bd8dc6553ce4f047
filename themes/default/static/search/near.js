// Words that a mistyped word may have meant: one letter off in Latin, one syllable or a letter of one in Hangul.
'use strict';
{
  const pmsite = globalThis.pmsite;

  /** Words shorter than this are not corrected; shorter ones of Hangul only where the vowels sound alike. */
  const SHORTEST = 5;
  const SHORTEST_HANGUL = 3;
  const MOST = 3;
  /** Vowels that are spoken alike: `롤벡` is `롤백`. */
  const ALIKE = ['ᅢᅦ', 'ᅤᅨ', 'ᅫᅬᅰ'];

  /** Whether one letter more, less, other, or two that changed places make one word of the other. */
  function isOneOff(a, b) {
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
    let end = 0;
    while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
    const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
    if (restA.length <= 1 && restB.length <= 1) return true;
    return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
  }

  /** How far two words of as many syllables are apart: 1 by a letter, 2 by a syllable, more by more. */
  function distance(a, b) {
    const differ = [...a].flatMap((letter, place) => (letter === b[place] ? [] : [[letter, b[place]]]));
    if (differ.length !== 1) return 3;
    const [one, other] = differ[0].map((letter) => letter.normalize('NFD'));
    const vowels = [one[1], other[1]];
    const isVowel = one[0] === other[0] && one.slice(2) === other.slice(2);
    if (a.length < SHORTEST_HANGUL) return isVowel && ALIKE.some((some) => vowels.every((vowel) => some.includes(vowel))) ? 1 : 3;
    if (isVowel) return 1;
    const isInitial = one.slice(1) === other.slice(1);
    const isFinal = one.slice(0, 2) === other.slice(0, 2);
    if (isInitial || isFinal) return 1;
    // With three syllables too many words have two of them.
    return a.length > SHORTEST_HANGUL ? 2 : 3;
  }

  async function hangul(index, unit) {
    const near = [[], [], []];
    for (const text of new Set([unit.text, unit.bare])) {
      if (!index.hangul.includes(text.length)) continue;
      const list = await pmsite.part(`h/${text.length}`);
      for (const word of list.split(' ')) near[distance(text, word) - 1].push(word);
    }
    return (near[0].length > 0 ? near[0] : near[1]).slice(0, MOST);
  }

  /** What a unit that nothing is found for may have meant, as units. */
  pmsite.corrections = async (index, unit) => {
    const { kind, text, run } = unit;
    if (kind === 'hangul') {
      const near = await hangul(index, unit);
      return near.map((word) => ({ kind, text: word, bare: word, run }));
    }
    if (kind !== 'word' || text.length < SHORTEST || !/^[a-z]+$/.test(text)) return [];
    const lengths = [text.length, text.length - 1, text.length + 1].filter((length) => index.spelling.includes(length));
    const lists = await Promise.all(lengths.map((length) => pmsite.part(`s/${length}`)));
    const near = lists.flatMap((list) => list.split(' ').filter((other) => isOneOff(text, other)));
    return near.slice(0, MOST).map((word) => ({ kind, text: word, stem: pmsite.stem(word), parts: [], run }));
  };
}
