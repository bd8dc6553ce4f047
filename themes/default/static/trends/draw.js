// Drawings, as `src/render/chart/` makes them: positions across are per cent, heights are pixels.
'use strict';
{
  const SVG = 'http://www.w3.org/2000/svg';
  const [FLOOR, HEIGHT] = [132, 156];
  /** What an axis of lengths is marked with, in minutes. */
  const LENGTHS = [1, 10, 60, 360, 1440, 10080, 43200, 525600];

  const tenth = (number) => Math.round(number * 10) / 10;
  const percent = (number) => `${tenth(number)}%`;

  function shape(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /** Longer words than this need a wider margin. */
  const SHORT = 3;
  const open = (title, words) => shape('svg', { class: words.some((word) => [...word].length > SHORT) ? 'chart far' : 'chart', role: 'img', width: '100%', height: HEIGHT }, shape('title', {}, title));
  const word = (x, y, anchor, text) => shape('text', { x: percent(x), y: tenth(y), 'text-anchor': anchor }, text);
  /** A line across the drawing, and what it stands for in the margin before it. */
  const rule = (y, text) => [
    shape('line', { class: 'grid', x1: 0, x2: '100%', y1: tenth(y), y2: tenth(y) }),
    shape('text', { x: -6, y: tenth(y + 4), 'text-anchor': 'end' }, text),
  ];
  const across = (kind, from, to, y) => shape('line', { class: kind, x1: percent(from), x2: percent(to), y1: y, y2: y });
  const dot = (x, y, r, kind) => shape('circle', { ...(kind ? { class: kind } : {}), cx: percent(x), cy: y, r });
  const lane = (...children) => shape('svg', { class: 'lane', 'aria-hidden': 'true' }, ...children);

  /** The steps of an axis from zero to at least `most`: up to four, at 1, 2 or 5 times a power of ten. */
  function steps(most) {
    const found = Array.from({ length: 27 }, (_, at) => [1, 2, 5][at % 3] * 10 ** Math.floor(at / 3)).find((step) => most <= step * 4) ?? 5e8;
    return Array.from({ length: Math.max(Math.ceil(most / found), 1) + 1 }, (_, at) => at * found);
  }

  /** A scale of lengths on which each step is the same factor. */
  function lengths(values) {
    const [least, most] = [Math.min(...values, Number.MAX_VALUE), Math.max(...values, 0)];
    const low = LENGTHS.findLast((mark) => mark <= least) ?? LENGTHS[0];
    const high = LENGTHS.find((mark) => mark >= most && mark > low) ?? LENGTHS.at(-1);
    const place = (minutes) => Math.min(Math.max((Math.log(Math.max(minutes, 1)) - Math.log(low)) / (Math.log(high) - Math.log(low)), 0), 1);
    return { place, marks: LENGTHS.filter((mark) => low <= mark && mark <= high) };
  }

  /** Columns with what stood there a year before. */
  function columns(all, title) {
    const TOP = 8;
    const GAP = 8;
    const marks = steps(Math.max(0, ...all.flatMap(({ value, before }) => [value ?? 0, before ?? 0])));
    const y = (value) => FLOOR - ((FLOOR - TOP) * value) / marks.at(-1);
    const svg = open(title, marks.map(String));
    for (const mark of marks) svg.append(...rule(y(mark), mark));
    const width = 100 / Math.max(all.length, 1);
    for (const [number, { value, before, label, tick, onEdge }] of all.entries()) {
      const x = width * number;
      const high = value === null ? FLOOR - GAP : y(value);
      const kind = value === null ? { class: 'gap' } : {};
      const place = { ...kind, x: percent(x + width * 0.12), y: tenth(high), width: percent(width * 0.76), height: tenth(FLOOR - high) };
      svg.append(shape('rect', place, shape('title', {}, label)));
      if (before > 0) svg.append(across('was', x + width * 0.02, x + width * 0.98, tenth(y(before))));
      const at = onEdge ? x : x + width / 2;
      if (tick) svg.append(word(at, FLOOR + 18, at > 96 ? 'end' : 'middle', tick));
    }
    return svg;
  }

  /** For each quarter the median as a dot and a line up to the 90th percentile. */
  function ranges(all, title, name) {
    const TOP = 10;
    const scale = lengths(all.flatMap(({ spread }) => (spread ? [spread.median, spread.p90] : [])));
    const y = (minutes) => FLOOR - (FLOOR - TOP) * scale.place(minutes);
    const svg = open(title, scale.marks.map(name));
    for (const mark of scale.marks) svg.append(...rule(y(mark), name(mark)));
    const width = 100 / Math.max(all.length, 1);
    for (const [number, { spread, label, tick }] of all.entries()) {
      const x = width * (number + 0.5);
      if (spread) {
        const [middle, high] = [tenth(y(spread.median)), tenth(y(spread.p90))];
        const reach = shape('line', { class: 'reach', x1: percent(x), x2: percent(x), y1: middle, y2: high });
        svg.append(shape('g', {}, shape('title', {}, label), reach, dot(x, high, 3, 'p90'), dot(x, middle, 4.5)));
      }
      if (tick) svg.append(word(x, FLOOR + 18, x > 96 ? 'end' : 'middle', tick));
    }
    return svg;
  }

  /** Counts by quarter as a row of small columns. */
  function spark(values, most) {
    const columns = values.map((value, at) => {
      const high = Math.ceil((value * 20) / Math.max(most, 1));
      return value > 0 ? `M${at * 10 + 1} 20v-${high}h8v${high}z` : '';
    });
    const box = { class: 'spark', viewBox: `0 0 ${values.length * 10} 20`, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
    return shape('svg', box, shape('path', { d: columns.join('') }));
  }

  const ground = () => shape('line', { class: 'grid', x1: 0, x2: '100%', y1: 10, y2: 10 });
  const on = (share) => 2 + 96 * share;

  /** The median as a dot and a line to the 90th percentile. */
  const reach = ({ median, p90 }, scale) => {
    const [middle, high] = [on(scale.place(median)), on(scale.place(p90))];
    return lane(across('reach', middle, high, 10), dot(high, 10, 3, 'p90'), dot(middle, 10, 4.5));
  };

  /** The marks below a column of those. */
  const axis = ({ marks, place }, name) => {
    const anchor = (at) => (at === 0 ? 'start' : at === marks.length - 1 ? 'end' : 'middle');
    return lane(...marks.map((mark, at) => word(on(place(mark)), 14, anchor(at), name(mark))));
  };

  /** Days as dots on a line; places are from 0 to 1. */
  const dots = (places) => lane(ground(), ...places.map((place) => dot(on(place), 10, 4.5)));

  /** A share as a dot on the range that holds the true one, with another share as a line; all from 0 to 1. */
  const share = (shares) => {
    const [own, low, high, other] = shares.map((share) => 1 + 98 * share);
    const line = shape('line', { class: 'ref', x1: percent(other), x2: percent(other), y1: 2, y2: 18 });
    return lane(ground(), across('band', low, high, 10), line, dot(own, 10, 4.5));
  };

  pmsite.draw = { columns, ranges, lengths, spark, reach, axis, dots, share };
}
