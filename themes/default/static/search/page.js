// The search page: what is typed becomes an address and results, and back.
'use strict';
{
  const pmsite = globalThis.pmsite;
  const { element } = pmsite;

  /** So long after the last key press the search begins, in milliseconds. */
  const PAUSE = 120;
  /** So many results are shown at first, and so many more each time one asks for more. */
  const PAGE = 10;

  const form = document.getElementById('search');
  const field = form.querySelector('input[type="search"]');
  const results = document.getElementById('results');
  const status = document.getElementById('status');
  const problem = document.getElementById('problem');
  const more = document.getElementById('more');
  const sort = document.getElementById('sort');
  const clear = document.getElementById('clear');
  const filters = document.getElementById('filters');
  const strings = form.dataset;
  const lang = document.documentElement.lang;

  /** What is shown: the last result, its documents after the facets, and how many of them. */
  const state = { result: null, documents: [], shown: PAGE, facets: null, incidents: null };
  /** Searches are numbered, and only the last one may show anything. */
  let latest = 0;

  const counted = (count) => (count === 1 ? strings.countOne : strings.count).replace('{n}', count.toLocaleString(lang));

  // ---- The address

  function address() {
    const parameters = new URLSearchParams();
    if (field.value.trim() !== '') parameters.set('q', field.value.trim());
    state.facets?.write(parameters);
    if (sort.value !== 'relevance') parameters.set('sort', sort.value);
    const query = parameters.toString();
    return query === '' ? location.pathname : `${location.pathname}?${query}`;
  }

  /** The same search in the other language. */
  function translate() {
    for (const other of document.querySelectorAll('.language')) {
      other.setAttribute('href', other.getAttribute('href').split('?')[0] + location.search);
    }
  }

  /** A pause in typing or a click is a step that the back button undoes; a letter is not. */
  function remember(isStep) {
    if (address() === location.pathname + location.search) return;
    history[isStep ? 'pushState' : 'replaceState'](null, '', address());
  }

  function restore() {
    const parameters = new URLSearchParams(location.search);
    field.value = parameters.get('q') ?? '';
    sort.value = parameters.get('sort') ?? 'relevance';
    if (sort.selectedIndex < 0) sort.value = 'relevance';
    state.facets?.read(parameters);
  }

  // ---- Searching

  /** All documents, for facets without a query. */
  const everything = (count) => ({
    documents: Array.from({ length: count }, (_, at) => count - 1 - at),
    units: [],
    concepts: [],
    corrected: [],
    isTyped: () => false,
  });

  async function ready() {
    const [index, names, incidents] = await Promise.all([pmsite.open(), pmsite.load(strings.names), pmsite.incidents(lang)]);
    if (!state.facets) {
      state.incidents = incidents;
      state.facets = new pmsite.Facets(document.getElementById('facets'), names, incidents, () => run(true));
      state.facets.read(new URLSearchParams(location.search));
    }
    await state.facets.load();
    return index;
  }

  /** Minutes of every document, for sorting. */
  async function minutes() {
    const text = await pmsite.part('minutes');
    const reader = new pmsite.Reader(text);
    const all = [];
    while (reader.at < text.length) all.push(reader.number());
    return all;
  }

  /** Searches for what the field and the facets say, and shows it. */
  async function run(isStep = false) {
    const number = (latest += 1);
    results.setAttribute('aria-busy', 'true');
    try {
      const index = await ready();
      if (number !== latest) return;
      remember(isStep);
      translate();
      const text = field.value;
      const isEmpty = text.trim() === '';
      const result = isEmpty ? everything(index.documents) : await pmsite.search(text.trimStart());
      const lengths = sort.value === 'duration' ? await minutes() : null;
      if (number !== latest) return;
      const documents = pmsite.once(state.facets.narrow(result.documents), state.incidents, result);
      if (sort.value === 'date') documents.sort((a, b) => b - a);
      if (lengths) documents.sort((a, b) => lengths[b] - lengths[a] || b - a);
      clear.hidden = !state.facets.isChosen;
      const isIdle = isEmpty && !state.facets.isChosen;
      Object.assign(state, { result, documents: isIdle ? [] : documents, shown: PAGE });
      await show(number, index);
      if (number !== latest) return;
      say(isIdle ? '' : summary(result, documents.length));
      problem.hidden = true;
    } catch (error) {
      if (number === latest) fail(error);
    } finally {
      if (number === latest) results.removeAttribute('aria-busy');
    }
  }

  function summary(result, count) {
    if (count === 0) return strings.none;
    const [typed, meant] = result.corrected[0] ?? [];
    const read = typed === undefined ? '' : ` ${strings.corrected.replace('{a}', typed).replace('{b}', meant)}`;
    return counted(count) + read;
  }

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  /** What was shown stays; what went wrong is said, with a button that tries again. */
  function fail(error) {
    problem.querySelector('span').textContent = strings.failed.replace('{a}', error.message);
    problem.hidden = false;
  }

  // ---- Results

  async function show(number, index) {
    const { result, documents, shown } = state;
    const page = documents.slice(0, shown);
    const loaded = await Promise.all(page.map((id) => pmsite.text(id)));
    if (number !== latest) return;
    const needles = pmsite.needles(result, index.aliases);
    const titles = needles.filter((needle) => !needle.isName);
    const focused = results.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    results.replaceChildren(...loaded.map((document) => row(document, needles, titles)));
    if (focused !== null) results.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    more.hidden = documents.length <= shown;
  }

  function row(document, needles, titles) {
    const link = element('a', { href: form.dataset.home + document.url });
    link.append(...pmsite.marked(document.title, pmsite.matches(document.title, titles)));
    const facts = [date(document.date), length(document.minutes), document.severity, ...document.services].filter(Boolean);
    const item = element(
      'li',
      {},
      element('p', { className: 'title', lang: document.lang }, link),
      element('p', { className: 'meta', textContent: facts.join(' · ') }),
    );
    // The title has just been read.
    const text = document.text.startsWith(document.title) ? document.text.slice(document.title.length).trimStart() : document.text;
    if (text !== '') item.append(element('p', { className: 'excerpt', lang: document.lang }, ...pmsite.excerpt(text, needles)));
    return item;
  }

  /** `2024-07-15`, `2024-07`, `--07-15`: as people write it. */
  function date(day) {
    const match = /^(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?$/.exec(day ?? '');
    if (!match) return '';
    const [, year, month, date] = match;
    const format = { timeZone: 'UTC', year: year === '-' ? undefined : 'numeric', month: month && 'long', day: date && 'numeric' };
    const moment = Date.UTC(year === '-' ? 2000 : Number(year), Number(month ?? 1) - 1, Number(date ?? 1));
    return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, format).format(moment);
  }

  function length(minutes) {
    if (minutes === null || minutes === undefined) return '';
    const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
    const shape = d > 0 ? (h > 0 ? strings.lengthDh : strings.lengthD) : h > 0 ? (m > 0 ? strings.lengthHm : strings.lengthH) : strings.lengthM;
    return shape.replace('{d}', d).replace('{h}', h).replace('{m}', m);
  }

  // ---- Keys and clicks

  let pause;
  /** A first letter after a pause is a new step; those that follow change it. */
  let isTyping = false;
  field.addEventListener('input', () => {
    clearTimeout(pause);
    const isStep = !isTyping && location.search !== '';
    isTyping = true;
    pause = setTimeout(() => run(isStep), PAUSE);
  });
  field.addEventListener('change', () => (isTyping = false));
  field.addEventListener('blur', () => (isTyping = false));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(pause);
    isTyping = false;
    run(true);
  });
  sort.addEventListener('change', () => run(true));
  clear.addEventListener('click', () => {
    state.facets?.clear();
    run(true);
    field.focus();
  });
  more.addEventListener('click', async () => {
    state.shown += PAGE;
    const first = results.children.length;
    try {
      await show(latest, await pmsite.open());
      problem.hidden = true;
      results.children[first]?.querySelector('a').focus();
    } catch (error) {
      state.shown -= PAGE;
      fail(error);
    }
  });
  problem.querySelector('button').addEventListener('click', () => run());
  addEventListener('popstate', () => {
    isTyping = false;
    restore();
    run();
  });

  /** Up and down walk through the field and the results. */
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [field, ...results.querySelectorAll('li > .title > a')];
    const at = stops.indexOf(document.activeElement);
    if (event.key === 'Escape' && at > 0) field.focus();
    if (step === undefined || at < 0 || !stops[at + step]) return;
    event.preventDefault();
    stops[at + step].focus();
  });

  // ---- The beginning

  document.documentElement.classList.add('searching');
  filters.open = matchMedia('(min-width: 60rem)').matches;
  restore();
  run();
}
