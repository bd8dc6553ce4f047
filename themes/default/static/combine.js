// The trends page: filters that can be combined stand in place of the links to pages of single ones, and the figures
// are drawn anew from what `trends/incidents.js` and `trends/data.js` hold, by `static/trends/`, which all are read when a reader first combines.
// A choice is an address.
'use strict';
{
  const form = document.querySelector('form.combine');
  const main = form?.parentElement;
  const HOME = 'trends/index.html';

  /** An element with what stands in it; nothing is parsed, so names may be anything. */
  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  // ---- Figures, as the parts `Figure` and `Cells` of the templates

  const link = ({ url, text = '' }) => (url ? make('a', { href: form.dataset.home + url }, text) : text);

  function cell({ svg, class: kind = null, ...rest }, at) {
    if (at === 0) return make('th', { scope: 'row' }, link(rest));
    return make('td', { class: kind }, svg ?? link(rest));
  }

  function table({ title, head, rows }) {
    const kind = (at) => (rows[0][at].class ? `of-${rows[0][at].class}` : null);
    const names = head.map((name, at) => make('th', { scope: 'col', class: kind(at) }, name));
    const lines = rows.map((row) => make('tr', {}, ...row.map(cell)));
    const whole = make('table', {}, make('thead', {}, make('tr', {}, ...names)), make('tbody', {}, ...lines));
    return make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, whole);
  }

  function figure(sample, it) {
    const source = it.source ? [' ', make('a', { href: it.source }, sample.say('figure_source'))] : [];
    const caption = make('figcaption', {}, make('h3', {}, it.title), make('p', { class: 'note' }, it.note, ...source));
    const key = ({ class: kind, name }) => make('li', { class: `key ${kind}` }, name);
    const keys = it.keys?.length ? make('ul', { class: 'keys' }, ...it.keys.map(key)) : null;
    const numbers = () => make('details', {}, make('summary', {}, sample.say('numbers')), table(it));
    const drawn = it.svg ? [it.svg, numbers()] : [table(it)];
    return make('figure', { id: it.id, class: it.svg ? null : 'wide' }, caption, keys, ...drawn);
  }

  function part(sample, { id, title, figures }) {
    const drawn = figures.map((it) => figure(sample, it));
    return make('section', { class: 'part', id: `part-${id}` }, make('h2', {}, title), make('div', { class: 'figures' }, ...drawn));
  }

  // ---- The page

  /** What the fields say, without those that leave everything. */
  const choice = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));

  /** Runs a script of the site. */
  function run(src) {
    return new Promise((resolve, reject) => {
      const script = make('script', { src });
      script.addEventListener('load', resolve);
      script.addEventListener('error', () => reject(new Error(src)));
      document.head.append(script);
    });
  }

  /** The value that a script of the site hands over. */
  async function take(src) {
    const taken = new Promise((resolve) => { pmsite.take = (_, value) => resolve(value); });
    await run(src);
    return taken;
  }

  let loaded;
  /** What draws, and the incidents; read once. What cannot be loaded is asked for again the next time. */
  function load() {
    loaded ??= (async () => {
      await run(form.dataset.script);
      const incidents = await take(form.dataset.incidents);
      return { ...(await take(form.dataset.home + form.dataset.source)), incidents };
    })().catch((error) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  }

  const results = () => document.querySelectorAll('.part, main > .empty');
  const count = document.getElementById('trends-count');
  /** What stands on the page as it came. */
  const whole = { parts: [...results()], count: count?.textContent };

  /** The incidents themselves, as the search lists them; it knows no periods of quarters. */
  function list(sample, values) {
    const list = document.getElementById('trends-list');
    const { period, ...rest } = values;
    list.hidden = period !== undefined || sample.ids.length === 0;
    list.firstElementChild.href = `${form.dataset.home}search/index.html?${new URLSearchParams(rest)}`;
  }

  /** Shows what a choice leaves. */
  async function show() {
    const values = choice();
    for (const other of document.querySelectorAll('.language')) {
      other.setAttribute('href', other.getAttribute('href').split('?')[0] + location.search);
    }
    if (Object.keys(values).length === 0) {
      for (const old of results()) old.remove();
      main.append(...whole.parts);
      count.textContent = whole.count;
      document.getElementById('trends-list').hidden = true;
      main.dataset.shown = location.search;
      return;
    }
    let data;
    try {
      data = await load();
    } catch {
      // The figures of all incidents stay: nothing else can have been drawn.
      count.textContent = form.dataset.failed;
      return;
    }
    const sample = new pmsite.Sample(data, values);
    if (JSON.stringify(values) !== JSON.stringify(choice())) return;
    const few = make('p', { class: 'empty' }, sample.count('trends_small', sample.ids.length));
    const shown = sample.ids.length < pmsite.SMALL ? [few] : pmsite.parts(sample).map((it) => part(sample, it));
    for (const old of results()) old.remove();
    main.append(...shown);
    count.textContent = sample.say('trends_count', { a: sample.ids.length, b: sample.all });
    list(sample, values);
    main.dataset.shown = location.search;
  }

  /** Fills the fields from the address. */
  function restore() {
    const wanted = new URLSearchParams(location.search);
    for (const field of form.querySelectorAll('select')) {
      const value = wanted.get(field.name) ?? '';
      field.value = value;
      // An old address may name what cannot be chosen any more: it is counted and said as it stands there.
      if (field.selectedIndex < 0) field.append(new Option(value, value, false, true));
    }
    return show();
  }

  /** A page of one filter leads to the page on which they can be combined. */
  function changed() {
    const query = `?${new URLSearchParams(choice())}`.replace(/^\?$/, '');
    if (form.dataset.only) return location.assign(form.dataset.home + HOME + query);
    history.pushState(null, '', location.pathname + query);
    return show();
  }

  if (form) {
    form.addEventListener('change', changed);
    form.addEventListener('submit', (event) => event.preventDefault());
    if (!form.dataset.only) {
      addEventListener('popstate', restore);
      restore();
    }
  }
}
