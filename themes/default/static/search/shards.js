// Loads files of the index and reads them. Every file is a script that hands over one value, since that is what
// a page may load from everywhere, a folder on disk included. `src/index/search/write.rs` says how lists are written.
'use strict';
{
  const pmsite = (globalThis.pmsite ??= {});

  const ZERO = 35;
  const ONE = 0x8000;
  const KINDS = ['summary', 'exact', 'stem', 'meaning'];

  /** Values that scripts have handed over, and the promises of those that are on their way. */
  const taken = new Map();
  const loading = new Map();

  /** Called by the files of the index. */
  pmsite.take = (name, value) => taken.set(name, value);

  /** Where the index of this page stands; the page says so. */
  const folder = () => document.getElementById('search').dataset.folder;

  /** The value of a file of the index. A file that cannot be loaded is asked for again the next time. */
  pmsite.load = (name) => {
    if (!loading.has(name)) {
      const promise = new Promise((resolve, reject) => {
        if (taken.has(name)) {
          resolve(taken.get(name));
          return;
        }
        const script = document.createElement('script');
        script.src = `${folder()}${name}.js`;
        script.onload = () => (taken.has(name) ? resolve(taken.get(name)) : reject(new Error(name)));
        script.onerror = () => reject(new Error(name));
        document.head.append(script);
        script.addEventListener('load', () => script.remove());
        script.addEventListener('error', () => script.remove());
      });
      promise.catch(() => loading.delete(name));
      loading.set(name, promise);
    }
    return loading.get(name);
  };

  /** Reads numbers one after the other. */
  class Reader {
    constructor(text, at = 0) {
      this.text = text;
      this.at = at;
    }

    number() {
      const first = this.text.charCodeAt(this.at++) - ZERO;
      return first < ONE ? first : ((first - ONE) << 15) | this.number();
    }

    letters(count) {
      this.at += count;
      return this.text.slice(this.at - count, this.at);
    }

    /** Calls `each(document, level)` for all documents of a list. */
    list(each) {
      const head = this.number();
      if (head < 8) {
        each(this.number(), head);
        return;
      }
      for (let group = 8; group < head; group += 1) {
        const packed = this.number();
        const level = packed & 7;
        let document = -1;
        for (let left = packed >>> 3; left > 0; left -= 1) {
          document += this.number() + 1;
          each(document, level);
        }
      }
    }
  }
  pmsite.Reader = Reader;

  /** The terms of a shard, each with the place of its list. */
  function terms(text) {
    const reader = new Reader(text);
    const found = [];
    let before = '';
    while (reader.at < text.length) {
      const head = reader.number();
      const letters = before.slice(0, head >> 2) + reader.letters(reader.number());
      const kind = KINDS[head & 3];
      const others = kind === 'meaning' ? reader.letters(reader.number()).split('\n') : [];
      found.push({ letters, kind, others, at: reader.at });
      reader.list(() => {});
      before = letters;
    }
    return found;
  }

  /** A sorted list of terms in shards: `words` or `grams`. */
  class Terms {
    constructor(folder, { firsts, names }) {
      const lines = firsts === '' ? [] : firsts.split('\n').slice(0, -1);
      this.summaries = lines.map((line) => line.endsWith('*'));
      this.firsts = lines.map((line) => line.replace('*', ''));
      this.files = (names.match(/.{6}/g) ?? []).map((name) => `${folder}/${name}`);
      this.shards = new Map();
    }

    /** The first place whose first term is not before this. */
    place(letters, after = false) {
      let [low, high] = [0, this.firsts.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.firsts[middle] < letters || (after && this.firsts[middle] === letters)) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    async shard(number) {
      const text = await pmsite.load(this.files[number]);
      if (!this.shards.has(number)) this.shards.set(number, { text, terms: terms(text) });
      return this.shards.get(number);
    }

    /**
     * Calls `each` for the documents of one term; the words of the other language for it. A stem has only what the word
     * that is written like it does not say: one asks for both.
     */
    async exact(letters, kind, each) {
      if (this.firsts.length === 0) return [];
      const shard = await this.shard(Math.max(0, this.place(letters, true) - 1));
      const term = shard.terms.find((term) => term.letters === letters && term.kind === kind);
      if (term) new Reader(shard.text, term.at).list(each);
      return term?.others ?? [];
    }

    /** Calls `each` for the documents of all terms that begin so; for some of them more than once. */
    async beginning(letters, each) {
      if (this.firsts.length === 0) return;
      const next = this.place(letters);
      if (this.summaries[next] && this.firsts[next].startsWith(letters)) {
        const shard = await this.shard(next);
        new Reader(shard.text, shard.terms[0].at).list(each);
        return;
      }
      const shard = await this.shard(Math.max(0, this.place(letters, true) - 1));
      for (const term of shard.terms) {
        if (term.kind === 'exact' && term.letters.startsWith(letters)) new Reader(shard.text, term.at).list(each);
      }
    }

    /** Calls `each` for the documents of all terms from one to another that begins so; for some of them more than once. */
    async between(from, to, each) {
      for (let at = Math.max(0, this.place(from, true) - 1); at < this.firsts.length; at += 1) {
        if (this.firsts[at] > to && !this.firsts[at].startsWith(to)) break;
        const shard = await this.shard(at);
        for (const { kind, letters, at } of shard.terms) {
          const isIn = letters >= from && (letters <= to || letters.startsWith(to));
          if (kind === 'exact' && isIn) new Reader(shard.text, at).list(each);
        }
      }
    }
  }
  pmsite.Terms = Terms;
}
