// The figures of `src/render/view/trends/`, second half: what stands together, how long it takes, published shares.
'use strict';
{
  const { draw, SMALL, ticks } = pmsite;
  const { text, number, drawing, heat } = pmsite.cells;
  /** So many columns a heat map has. */
  const COLUMNS = 10;
  /** Lists longer than this go on on another page. */
  const PAGE = 100;
  /** The ends of the classes of lengths, in minutes. */
  const CLASSES = [5, 15, 30, 60, 120, 240, 480, 1440, 2880, 10080, 43200];
  /** Signs that do not stand in addresses. */
  const SIGNS = /[\0-\x1f\x7f "'<>%?#\\^`{|}[\]&]/g;

  /** A word as it stands in an address. */
  const encoded = (word) => word.replace(SIGNS, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

  /** Where the incidents of a cause stand that have a value of another facet, too. */
  function listed(sample, cause, facet, place) {
    const { data } = sample;
    data.all ??= new Map(pmsite.tally(data, 'cause', data.incidents.quarter.keys()).counts);
    const isShown = facet === 'service' && data.all.get(cause) <= PAGE;
    const word = sample.link(facet, place).text;
    if (isShown || facet === 'cause') return `${sample.link('cause', cause).url}?list=${encoded(word).replaceAll('+', '%2B')}#incidents`;
    return `search/index.html?cause=${encoded(data.names.cause[cause][0])}&${facet}=${encoded(data.names[facet][place][0])}`;
  }

  /** Causes by another facet: how many incidents have both. */
  function matrix(sample, facet, id, title) {
    const counts = pmsite.pairs(sample.data, facet, sample.ids);
    const { counts: tallied } = pmsite.tally(sample.data, facet, sample.ids);
    const { cause, [facet]: other } = sample.data.incidents;
    const known = sample.ids.filter((id) => cause[id].length > 0 && other[id].length > 0).length;
    const columns = tallied.slice(0, COLUMNS).map(([place]) => place);
    const count = (cause, column) => counts.get(cause)?.get(column) ?? 0;
    const most = Math.max(0, ...sample.causes.flatMap(([cause]) => columns.map((column) => count(cause, column))));
    const name = (place) => sample.link(facet, place).text;
    const cell = (cause, column) => {
      if (facet === 'cause' && cause === column) return { ...heat(0, most), text: '–' };
      return heat(count(cause, column), most, listed(sample, cause, facet, column));
    };
    return {
      id,
      title: sample.say(title),
      note: sample.note(sample.say('figure_matrix_is'), known),
      head: [sample.say('cause_head'), ...columns.map(name)],
      rows: most > 0 ? sample.causes.map(([cause]) => [sample.link('cause', cause), ...columns.map((column) => cell(cause, column))]) : [],
    };
  }

  const together = (sample) => [
    matrix(sample, 'service', 'cause-service', 'figure_cause_service'),
    matrix(sample, 'cause', 'cause-cause', 'figure_cause_cause'),
    matrix(sample, 'detection', 'cause-detection', 'figure_cause_detection'),
    matrix(sample, 'resolution', 'cause-resolution', 'figure_cause_resolution'),
  ];

  const keys = (sample) => ['median', 'p90'].map((name) => ({ class: name, name: sample.say(`key_${name}`) }));
  const enough = (spread) => (spread?.isEnough ? spread : null);

  /** The cells of a spread: n, median, 90th percentile. Of few only the numbers are told. */
  function spreadCells(sample, spread) {
    if (!spread) return [number(0), {}, {}];
    const { known, median, p90, isEnough } = spread;
    return [number(known), number(sample.length(median)), isEnough ? number(sample.length(p90)) : {}];
  }

  function quarters(sample, measure) {
    if (sample.buckets.length < 2) return [];
    const title = sample.say(`figure_${measure}`);
    const spreads = sample.buckets.map((bucket) => pmsite.spread(bucket[measure]));
    const isEnough = spreads.some(enough);
    const below = ticks(sample);
    const drawn = sample.quarters().map((quarter, at) => ({ spread: enough(spreads[at]), label: sample.quarter(quarter), tick: below[at] }));
    const about = sample.say(isEnough ? 'figure_quarters_is' : 'figure_quarters_few', { n: SMALL });
    return [{
      id: measure,
      title,
      note: sample.note(about, sample.known(measure).length),
      svg: isEnough ? draw.ranges(drawn, title, (minutes) => sample.length(minutes)) : null,
      keys: isEnough ? keys(sample) : [],
      head: ['quarter_head', 'known_head', 'key_median', 'key_p90'].map((key) => sample.say(key)),
      rows: sample.quarters().map((quarter, at) => [text(sample.quarter(quarter)), ...spreadCells(sample, spreads[at])]),
    }];
  }

  function byCause(sample, measure) {
    const values = sample.data.incidents[measure];
    const spreads = sample.causes
      .map(([place]) => [place, pmsite.spread(sample.having('cause', place).map((id) => values[id]).filter((value) => value !== null))])
      .filter(([, spread]) => spread);
    const shown = spreads.map(([, spread]) => spread).filter(enough);
    const scale = draw.lengths(shown.flatMap(({ median, p90 }) => [median, p90]));
    const isDrawn = shown.length > 0;
    const rows = spreads.map(([place, spread]) => {
      const reach = enough(spread) ? draw.reach(spread, scale) : null;
      return [sample.link('cause', place), ...spreadCells(sample, spread), ...(isDrawn ? [drawing(reach)] : [])];
    });
    if (isDrawn) rows.push([text(sample.say('scale_head')), {}, {}, {}, drawing(draw.axis(scale, (minutes) => sample.length(minutes)))]);
    const head = ['cause_head', 'known_head', 'key_median', 'key_p90', ...(isDrawn ? ['scale_head'] : [])];
    return {
      id: `${measure}-by-cause`,
      title: sample.say(`figure_${measure}_by_cause`),
      note: sample.say('figure_by_cause_is', { n: SMALL }),
      keys: isDrawn ? keys(sample) : [],
      head: head.map((key) => sample.say(key)),
      rows,
    };
  }

  function distribution(sample) {
    const known = sample.known('resolve');
    const counts = Array(CLASSES.length + 1).fill(0);
    for (const minutes of known) counts[CLASSES.filter((end) => minutes > end).length] += 1;
    const ends = CLASSES.map((end) => sample.length(end));
    const name = (at) => {
      if (at === 0) return sample.say('class_first', { a: ends[0] });
      if (at === ends.length) return sample.say('class_last', { a: ends.at(-1) });
      return sample.say('class_between', { a: ends[at - 1], b: ends[at] });
    };
    const title = sample.say('figure_distribution');
    const columns = counts.map((value, at) => ({
      value,
      label: `${name(at)}: ${sample.count('incident_count', value)}`,
      tick: at > 0 && at % 2 === 0 ? ends[at - 1] : '',
      onEdge: true,
    }));
    return {
      id: 'distribution',
      title,
      note: sample.note(sample.say('figure_distribution_is'), known.length),
      svg: known.length >= SMALL ? draw.columns(columns, title) : null,
      head: ['length_head', 'incidents'].map((key) => sample.say(key)),
      rows: known.length > 0 ? counts.map((count, at) => [text(name(at)), number(count)]) : [],
    };
  }

  const lengths = (sample) => [
    ...quarters(sample, 'detect'),
    ...quarters(sample, 'resolve'),
    distribution(sample),
    byCause(sample, 'detect'),
    byCause(sample, 'resolve'),
  ];

  /** The own shares of causes beside published ones. */
  function study(sample, { id, title, sample: size, url, rates }) {
    const all = sample.withCause;
    const { cause } = sample.data.incidents;
    const counted = rates.map(([name, percent, causes]) => {
      const count = sample.ids.filter((id) => causes.some((place) => cause[id].includes(place))).length;
      return { name, percent, count, own: (count * 100) / all, range: pmsite.interval(count, all) };
    });
    const highest = Math.max(10, ...counted.flatMap(({ percent, range }) => [percent, range[1]]));
    const rows = counted.map(({ name, percent, count, own, range: [low, high] }) => [
      text(name),
      drawing(draw.share([own, low, high, percent].map((share) => share / highest))),
      number(sample.say('percent', { a: Math.round(own) })),
      number(sample.say('percent_range', { a: Math.round(low), b: Math.round(high) })),
      number(count),
      number(sample.say('percent', { a: percent })),
    ]);
    const key = (kind, name) => ({ class: kind, name: sample.say(name) });
    const head = ['category_head', 'shares_head', 'own_head', 'range_head', 'incidents', 'published_head'];
    return {
      id,
      title,
      note: sample.say('figure_rates_is', { a: size, n: all }),
      source: url,
      keys: [key('median', 'key_own'), key('band', 'key_range'), key('ref', 'key_published')],
      head: head.map((key) => sample.say(key)),
      rows,
    };
  }

  const rates = (sample) => (sample.withCause < SMALL ? [] : sample.data.studies.map((it) => study(sample, it)));

  /** All figures of some incidents, in parts. */
  pmsite.parts = (sample) => {
    const { time, back } = pmsite;
    const parts = Object.entries({ time, returns: back, together, lengths, rates });
    const filled = parts.map(([id, figures]) => ({
      id,
      title: sample.say(`part_${id}`),
      figures: figures(sample).filter(({ rows }) => rows.length > 0),
    }));
    return filled.filter(({ figures }) => figures.length > 0);
  };
}
