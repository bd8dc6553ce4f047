// The figures of `src/render/view/trends/`, first half: when it happens, and what comes back.
'use strict';
{
  const { draw } = pmsite;
  /** Hours of the day that one column of the clock takes together. */
  const HOURS = 3;
  /** So many returns stand in a table. */
  const MOST = 20;

  const text = (text) => ({ text });
  const number = (value) => ({ text: `${value}`, class: 'number' });
  const drawing = (svg) => ({ svg, class: 'drawing' });
  /** A count on a ground that is the darker the more it is: the share of the greatest in steps of a fifth. */
  const heat = (count, most, url = null) => {
    if (!count) return { text: '', class: 'heat-0' };
    const step = Math.min(Math.max(Math.ceil((count * 5) / Math.max(most, 5)), 1), 5);
    return { text: `${count}`, url, class: `heat-${step}` };
  };
  const greatest = (values) => values.reduce((most, value) => Math.max(most, value), 0);
  const sum = (values) => values.reduce((all, value) => all + value, 0);

  /** So few quarters have room for their names below a chart on a telephone. */
  const NAMED = 3;

  /** What stands below each quarter of a chart: years where there is room for no more. */
  function ticks(sample) {
    const quarters = sample.quarters();
    const every = quarters.length > 44 ? 5 : quarters.length > 22 ? 2 : 1;
    return quarters.map((quarter) => {
      if (quarters.length <= NAMED) return sample.quarter(quarter);
      const year = Math.floor(quarter / 4);
      return quarter % 4 === 0 && year % every === 0 ? `${year}` : '';
    });
  }

  /** Columns by quarter with the same quarter a year before. */
  function byQuarter(sample, title, value, name) {
    const below = ticks(sample);
    const said = (value) => (value === null ? sample.say('unknown') : name(value));
    const columns = sample.quarters().map((quarter, place) => ({
      value: value(sample.buckets[place]),
      before: place < 4 ? null : value(sample.buckets[place - 4]),
      label: `${sample.quarter(quarter)}: ${said(value(sample.buckets[place]))}`,
      tick: below[place],
      onEdge: below.length > NAMED,
    }));
    return draw.columns(columns, title);
  }

  const yearBefore = (sample) => [{ class: 'was', name: sample.say('key_year_before') }];

  function incidents(sample) {
    const title = sample.say('figure_incidents');
    const counts = sample.buckets.map((bucket) => bucket.incidents);
    return {
      id: 'incidents',
      title,
      note: sample.note(sample.say('figure_incidents_is'), sum(counts)),
      svg: byQuarter(sample, title, (bucket) => bucket.incidents, (count) => sample.count('incident_count', count)),
      keys: yearBefore(sample),
      head: ['quarter_head', 'incidents', 'year_before_head'].map((key) => sample.say(key)),
      rows: sample.quarters().map((quarter, at) => [text(sample.quarter(quarter)), number(counts[at]), number(counts[at - 4] ?? '')]),
    };
  }

  function hours(sample) {
    const { resolve, quarter } = sample.data.incidents;
    const known = sample.ids.filter((id) => resolve[id] !== null && quarter[id] !== null).length;
    const title = sample.say('figure_hours');
    const length = (minutes) => (minutes === null ? sample.say('unknown') : sample.length(minutes));
    const row = (quarter, bucket) => [text(sample.quarter(quarter)), number(length(pmsite.minutes(bucket))), number(bucket.resolve.length)];
    const isGap = sample.buckets.some((bucket) => pmsite.minutes(bucket) === null);
    const hours = (bucket) => (pmsite.minutes(bucket) === null ? null : bucket.minutes / 60);
    return {
      id: 'hours',
      title,
      note: sample.note(sample.say('figure_hours_is'), known),
      svg: byQuarter(sample, title, hours, (hours) => sample.length(Math.round(hours * 60))),
      keys: [...yearBefore(sample), ...(isGap ? [{ class: 'gap', name: sample.say('key_gap') }] : [])],
      head: ['quarter_head', 'length_head', 'known_head'].map((key) => sample.say(key)),
      rows: sample.quarters().map((quarter, at) => row(quarter, sample.buckets[at])),
    };
  }

  /** A row of small columns for each cause, and its last year beside the year before. */
  function causes(sample) {
    const rows = sample.causes.map(([place, count]) => {
      const mine = pmsite.buckets(sample.data, sample.frame, sample.having('cause', place));
      const counts = mine.map((bucket) => bucket.incidents);
      const years = [sum(counts.slice(-4)), sum(counts.slice(0, -4).slice(-4))];
      const spark = draw.spark(counts, Math.max(greatest(counts), 4));
      return [sample.link('cause', place), drawing(spark), number(count), ...years.map(number)];
    });
    const quarters = sample.quarters();
    const shown = sample.say('from_to', { a: sample.quarter(quarters[0]), b: sample.quarter(quarters.at(-1)) });
    return {
      id: 'causes-over-time',
      title: sample.say('figure_causes'),
      note: sample.note(sample.say('figure_causes_is', { a: shown }), sample.withCause),
      head: ['cause_head', 'quarters_head', 'tally_all', 'last_head', 'before_head'].map((key) => sample.say(key)),
      rows,
    };
  }

  function clock(sample) {
    const known = sample.known('hour');
    const counts = Array.from({ length: 7 }, () => Array(24 / HOURS).fill(0));
    for (const hour of known) counts[Math.floor(hour / 24)][Math.floor((hour % 24) / HOURS)] += 1;
    const most = greatest(counts.flat());
    const two = (hour) => `${hour}`.padStart(2, '0');
    const names = counts[0].map((_, at) => `${two(at * HOURS)}–${two(at * HOURS + HOURS)}`);
    const row = (counts, day) => [text(sample.say(`weekday_${day + 1}`)), ...counts.map((count) => heat(count, most))];
    return {
      id: 'clock',
      title: sample.say('figure_clock'),
      note: sample.note(sample.say('figure_clock_is'), known.length),
      head: [sample.say('weekday_head'), ...names],
      rows: known.length > 0 ? counts.map(row) : [],
    };
  }

  function time(sample) {
    const overTime = sample.buckets.length > 1 ? [incidents(sample), hours(sample), causes(sample)] : [];
    return [...overTime, clock(sample)];
  }

  /** Streaks that end among the incidents; of a cause or a service that was chosen only its own. */
  function streaks(sample) {
    const { choice } = sample;
    const isOf = (streak) => ['cause', 'service'].every((facet) => !choice[facet] || streak[facet] === sample.place(facet, choice[facet]));
    sample.data.streaks ??= pmsite.streaks(sample.data);
    return sample.data.streaks.filter((streak) => sample.has.has(streak.ids.at(-1)) && isOf(streak));
  }

  function returns(sample, streaks) {
    const { day, open, promised } = sample.data.incidents;
    const [first, last] = sample.data.days;
    const rows = streaks.slice(0, MOST).map(({ cause, service, ids }) => {
      const before = ids.at(-2);
      return [
        sample.link('cause', cause),
        sample.link('service', service),
        drawing(draw.dots(ids.map((id) => (day[id] - first) / Math.max(last - first, 1)))),
        number(ids.length),
        number(sample.days(day[ids.at(-1)] - day[before])),
        number(sample.say('of', { a: open[before], b: promised[before] })),
      ];
    });
    return {
      id: 'returns',
      title: sample.say('figure_returns'),
      note: sample.say('figure_returns_is', { a: streaks.length, b: rows.length }),
      head: ['cause_head', 'service_head', 'days_head', 'times_head', 'gap_head', 'open_head'].map((key) => sample.say(key)),
      rows,
    };
  }

  /** For each cause that came back the kinds of measures that had been promised before its latest return. */
  function themes(sample, streaks) {
    const { themes } = sample.data;
    const before = new Map();
    for (const { cause, ids } of streaks) before.set(cause, new Set([...(before.get(cause) ?? []), ...ids.slice(0, -1)]));
    const counted = [...before].map(([cause, ids]) => {
      const counts = themes.map(() => 0);
      for (const id of ids) for (const theme of sample.data.incidents.themes[id]) counts[theme] += 1;
      return { cause, counts };
    });
    counted.sort((a, b) => sum(b.counts) - sum(a.counts) || a.cause - b.cause);
    const rows = counted.slice(0, MOST);
    const shown = [...themes.keys()].filter((theme) => rows.some(({ counts }) => counts[theme] > 0));
    const most = greatest(rows.flatMap(({ counts }) => counts));
    const cells = (counts) => shown.map((theme) => heat(counts[theme], most, themes[theme][1]));
    return {
      id: 'promised-before',
      title: sample.say('figure_themes'),
      note: sample.say('figure_themes_is'),
      head: [sample.say('cause_head'), ...shown.map((theme) => themes[theme][0])],
      rows: most > 0 ? rows.map(({ cause, counts }) => [sample.link('cause', cause), ...cells(counts)]) : [],
    };
  }

  function back(sample) {
    const own = streaks(sample);
    return [returns(sample, own), themes(sample, own)];
  }

  Object.assign(pmsite, { cells: { text, number, drawing, heat }, ticks, time, back });
}
