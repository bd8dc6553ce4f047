// The incidents that a choice of filters leaves, and how things are said of them in the language of the page.
'use strict';
{
  /** So many causes stand in a table. */
  const CAUSES = 12;
  const HOUR = 60;
  const DAY = 24 * HOUR;

  /** `choice` holds values by facet and `period`, a number of quarters counted from the newest. */
  pmsite.Sample = class {
    constructor(data, choice) {
      Object.assign(this, { data, choice });
      const { incidents, names, today } = data;
      const first = choice.period && today !== null ? today - Number(choice.period) + 1 : null;
      const wanted = Object.entries(names).filter(([facet]) => choice[facet]);
      const tests = wanted.map(([facet, values]) => [incidents[facet], this.place(facet, choice[facet], values)]);
      const isIn = (id) => tests.every(([places, place]) => places[id].includes(place));
      const isLate = (quarter) => first === null || (quarter !== null && quarter >= first);
      this.all = incidents.quarter.length;
      this.ids = incidents.quarter.flatMap((quarter, id) => (isLate(quarter) && isIn(id) ? [id] : []));
      this.has = new Set(this.ids);
      this.frame = pmsite.frame(data, this.ids);
      this.buckets = this.frame ? pmsite.buckets(data, this.frame, this.ids) : [];
      const { counts, known } = pmsite.tally(data, 'cause', this.ids);
      Object.assign(this, { causes: counts.slice(0, CAUSES), withCause: known });
    }

    /** The place of a value among the values of its facet; one that nobody has where there is no such value. */
    place(facet, slug, values = this.data.names[facet]) {
      return values.findIndex(([name]) => name === slug);
    }

    /** What is known of its incidents: the numbers of a column without those that are not known. */
    known(column) {
      return this.ids.map((id) => this.data.incidents[column][id]).filter((value) => value !== null);
    }

    /** Those of its incidents that have a value of a facet. */
    having(facet, place) {
      return this.ids.filter((id) => this.data.incidents[facet][id].includes(place));
    }

    // ---- Words

    say(key, blanks = {}) {
      return Object.entries(blanks).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, () => value), this.data.strings[key] ?? key);
    }

    count(key, n) {
      return this.say(n === 1 && `${key}_one` in this.data.strings ? `${key}_one` : key, { n });
    }

    /** A note with of how many incidents something is known. */
    note(text, known) {
      return `${text} ${this.say('coverage', { a: known, b: this.ids.length })}`;
    }

    quarter(number) {
      return this.say('quarter', { year: Math.floor(number / 4), q: (number % 4) + 1 });
    }

    /** All quarters of the charts. */
    quarters() {
      return this.buckets.map((_, place) => this.frame.first + place);
    }

    length(minutes) {
      const [d, h, m] = [Math.floor(minutes / DAY), Math.floor((minutes % DAY) / HOUR), minutes % HOUR];
      if (d > 0) return this.say(h > 0 ? 'length_dh' : 'length_d', { d, h });
      if (h > 0) return this.say(m > 0 ? 'length_hm' : 'length_h', { h, m });
      return this.say('length_m', { m });
    }

    days(days) {
      if (days < 61) return this.count('days', days);
      if (days < 730) return this.count('months', Math.round(days / 30.44));
      return this.count('years', Math.round(days / 365.25));
    }

    /** A value with its page. */
    link(facet, place) {
      const [, text, url] = this.data.names[facet][place];
      return { text, url };
    }
  };
}
