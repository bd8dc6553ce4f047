// Lets a reader filter and sort the incidents of a page. Without it the list stands as it is, the newest first.
// `?list=words` filters at once: the cells of heat maps lead here so.

for (const list of document.querySelectorAll('ol.rows')) {
  const items = [...list.children];
  const wanted = new URLSearchParams(location.search).get('list');
  if (items.length > 5 || wanted) furnish(list, items, wanted ?? '');
}

/** Puts a field and a choice of orders before a list. */
function furnish(list, items, wanted) {
  const says = list.dataset;
  const field = Object.assign(document.createElement('input'), { type: 'search', value: wanted });
  const orders = {
    date: items,
    length: sorted(items, (item) => Number(item.dataset.minutes ?? -1)),
    severity: sorted(items, (item) => -level(item)),
  };
  const choice = document.createElement('select');
  const names = { date: says.byDate, length: says.byLength, severity: says.bySeverity };
  for (const [order, name] of Object.entries(names)) choice.append(new Option(name, order));
  const count = document.createElement('p');
  count.setAttribute('aria-live', 'polite');
  const tools = document.createElement('div');
  tools.className = 'tools';
  tools.append(labelled(says.filter, field));
  if (says.sort) tools.append(labelled(says.sort, choice));
  tools.append(count);
  list.before(tools);

  const texts = new Map(items.map((item) => [item, fold(item.textContent)]));
  const filter = () => {
    const words = fold(field.value).split(/\s+/);
    for (const item of items) item.hidden = !words.every((word) => texts.get(item).includes(word));
    const shown = items.filter((item) => !item.hidden).length;
    count.textContent = field.value.trim() ? says.shown.replace('{a}', shown).replace('{b}', items.length) : '';
  };
  field.addEventListener('input', filter);
  choice.addEventListener('change', () => list.append(...orders[choice.value]));
  filter();
}

/** A control below its name. */
function labelled(name, control) {
  const label = document.createElement('label');
  label.append(name, control);
  return label;
}

/** The greatest first; those that are equal keep their order. */
function sorted(items, value) {
  return [...items].sort((a, b) => value(b) - value(a));
}

/** The number of a code such as SEV2, or of a word; what has none comes last. */
function level(item) {
  const code = item.querySelector('.severity')?.textContent.match(/\d+/)?.[0];
  return Number(item.dataset.level ?? code ?? 99);
}

/** Without case and accents, Hangul composed. */
function fold(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase();
}
