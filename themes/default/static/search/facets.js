// What results can be narrowed down by. Values of one facet are alternatives, facets restrict each other, and every
// number says how many results there would be.
'use strict';
{
  const pmsite = globalThis.pmsite;

  /** So many values are shown before one asks for all. */
  const SHOWN = 6;
  /** Facets are loaded at once while all of them are no longer than this; others when they are opened. */
  const AT_ONCE = 120_000;

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  pmsite.element = element;

  /** A facet: its values, and for each document the numbers of those that it has. */
  class Facet {
    constructor({ name, title, bytes, values }, strings) {
      Object.assign(this, { name, title, bytes, strings, values: values ?? null, chosen: new Set(), documents: null, isOpen: false });
    }

    /** Loads its values, and those of documents: a list, or what follows from their values of another one of `facets`. */
    async load(facets) {
      const column = await pmsite.part(`f/${this.name}`);
      if (this.documents) return;
      this.values ??= column.values;
      if (column.of) {
        const other = facets.find((facet) => facet.name === column.of);
        await other.load(facets);
        const each = column.each.map((value) => [value]);
        const all = (values) => [...new Set(values.map((value) => column.each[value]))].filter((value) => value > 0);
        this.documents = other.documents.map((values) => (values.length === 1 ? each[values[0]] : all(values)));
        return;
      }
      const reader = new pmsite.Reader(column.data);
      const documents = [];
      while (reader.at < column.data.length) {
        const head = reader.number();
        documents.push(head & 1 ? Array.from({ length: head >> 1 }, () => reader.number()) : [head >> 1]);
      }
      this.documents = documents;
    }

    /** Counts a document for its values, versions of one incident once. */
    count(document, incident) {
      for (const value of this.documents[document]) {
        if (incident !== undefined) {
          const key = incident * this.values.length + value;
          if (this.counted.has(key)) continue;
          this.counted.add(key);
        }
        this.counts.set(value, (this.counts.get(value) ?? 0) + 1);
      }
    }

    /** Whether a document has one of the chosen values. */
    admits(document) {
      if (this.chosen.size === 0) return true;
      return this.documents[document].some((value) => this.chosen.has(this.values[value][0]));
    }
  }

  /** All facets of the page; `incidents` says of documents that are versions of one incident which incident it is. */
  class Facets {
    constructor(place, names, incidents, changed) {
      Object.assign(this, { place, incidents, changed });
      this.strings = names.strings;
      this.facets = names.facets.map((facet) => new Facet(facet, names.strings));
      let bytes = 0;
      for (const facet of this.facets) {
        bytes += facet.bytes;
        facet.isAtOnce = bytes <= AT_ONCE;
      }
      place.replaceChildren(...this.facets.map((facet) => this.group(facet)));
    }

    /** The facets that are wanted now: those that come at once, are open, or have a value chosen. */
    get needed() {
      return this.facets.filter((facet) => facet.isAtOnce || facet.isOpen || facet.chosen.size > 0);
    }

    load() {
      return Promise.all(this.needed.map((facet) => facet.load(this.facets)));
    }

    /** The chosen values as parameters of an address, and back. */
    write(parameters) {
      for (const facet of this.facets) for (const value of [...facet.chosen].sort()) parameters.append(facet.name, value);
    }

    read(parameters) {
      for (const facet of this.facets) facet.chosen = new Set(parameters.getAll(facet.name));
    }

    get isChosen() {
      return this.facets.some((facet) => facet.chosen.size > 0);
    }

    clear() {
      for (const facet of this.facets) facet.chosen.clear();
    }

    /** The documents that all facets admit; counts for each facet the incidents that the others admit. */
    narrow(documents) {
      const loaded = this.facets.filter((facet) => facet.documents);
      for (const facet of loaded) Object.assign(facet, { counts: new Map(), counted: new Set() });
      const kept = documents.filter((document) => {
        const against = loaded.filter((facet) => !facet.admits(document));
        if (against.length < 2) {
          for (const facet of against.length === 1 ? against : loaded) {
            facet.count(document, this.incidents.get(document));
          }
        }
        return against.length === 0;
      });
      for (const facet of loaded) this.show(facet);
      return kept;
    }

    /** The empty group of a facet. */
    group(facet) {
      facet.list = element('ul');
      facet.more = element('button', { type: 'button', className: 'plain', hidden: true });
      facet.more.addEventListener('click', () => {
        facet.isLong = !facet.isLong;
        this.show(facet);
      });
      const set = element('fieldset', {}, element('legend', { textContent: facet.title }), facet.list, facet.more);
      if (!facet.isAtOnce) {
        facet.more.hidden = false;
        facet.more.textContent = this.strings.show;
        facet.more.addEventListener('click', () => {
          facet.isOpen = true;
          this.changed();
        }, { once: true });
      }
      facet.list.addEventListener('change', ({ target }) => {
        if (target.checked) facet.chosen.add(target.value);
        else facet.chosen.delete(target.value);
        this.changed();
      });
      return set;
    }

    /** Shows the values of a facet with their counts; chosen ones always. */
    show(facet) {
      const rows = facet.values.map(([slug, name], number) => ({ slug, name, number, count: facet.counts.get(number) ?? 0 }));
      // An old address may name what nobody has any more: it can be seen and taken back.
      const gone = [...facet.chosen].filter((slug) => !facet.values.some(([known]) => known === slug));
      rows.push(...gone.map((slug) => ({ slug, name: slug, number: Infinity, count: 0 })));
      const shown = rows.filter((row) => row.count > 0 || facet.chosen.has(row.slug));
      if (facet.name === 'year') shown.sort((a, b) => (a.number === 0) - (b.number === 0) || b.slug.localeCompare(a.slug));
      else if (facet.name !== 'duration') shown.sort((a, b) => (a.number === 0) - (b.number === 0) || b.count - a.count || a.number - b.number);
      else shown.sort((a, b) => (a.number === 0) - (b.number === 0) || a.number - b.number);
      const some = facet.isLong ? shown : shown.filter((row, place) => place < SHOWN || facet.chosen.has(row.slug));
      const focused = facet.list.contains(document.activeElement) ? document.activeElement.value : null;
      facet.list.replaceChildren(...some.map((row) => this.row(facet, row)));
      if (focused !== null) facet.list.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
      facet.more.hidden = shown.length <= SHOWN;
      facet.more.textContent = facet.isLong ? this.strings.fewer : this.strings.all.replace('{n}', shown.length);
      facet.more.setAttribute('aria-expanded', String(Boolean(facet.isLong)));
      facet.list.closest('fieldset').hidden = shown.length === 0;
    }

    row(facet, { slug, name, number, count }) {
      const box = element('input', { type: 'checkbox', name: facet.name, value: slug, checked: facet.chosen.has(slug) });
      const text = element('span', { textContent: number === 0 ? this.strings.unknown : name });
      return element('li', {}, element('label', {}, box, text, element('span', { className: 'number', textContent: String(count) })));
    }
  }
  pmsite.Facets = Facets;
}
