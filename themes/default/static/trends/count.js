// Counting, as `src/index/statistics/` counts: whatever is drawn here must be what the site's own pages draw.
'use strict';
globalThis.pmsite = { ...globalThis.pmsite };
{
  /** Fewer values than this are told one by one and not summed up. */
  const SMALL = 5;
  /** Charts show at most so many quarters. */
  const LONGEST = 40;
  /** Of an incident with more values than this only the first so many are paired. */
  const MOST = 12;

  /** How many incidents have each value of a facet, the most frequent first, and of how many it is known. */
  function tally(data, facet, ids) {
    const counts = new Map();
    let known = 0;
    for (const id of ids) {
      const places = data.incidents[facet][id];
      known += places.length > 0 ? 1 : 0;
      for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    return { counts: [...counts].sort(([a, m], [b, n]) => n - m || a - b), known };
  }

  /** How many incidents have a cause and a value of another facet: `pairs(…).get(cause).get(value)`. */
  function pairs(data, facet, ids) {
    const counts = new Map();
    for (const id of ids) {
      for (const a of data.incidents.cause[id].slice(0, MOST)) {
        if (!counts.has(a)) counts.set(a, new Map());
        for (const b of data.incidents[facet][id].slice(0, MOST)) {
          if (facet !== 'cause' || a !== b) counts.get(a).set(b, (counts.get(a).get(b) ?? 0) + 1);
        }
      }
    }
    return counts;
  }

  /** The quarters that a chart shows; of too many those that hold the most incidents. */
  function frame(data, ids) {
    const found = new Map();
    for (const id of ids) {
      const quarter = data.incidents.quarter[id];
      if (quarter !== null) found.set(quarter, (found.get(quarter) ?? 0) + 1);
    }
    const counts = [...found].sort(([a], [b]) => a - b);
    let best = null;
    let held = 0;
    let from = 0;
    for (const [last, count] of counts) {
      held += count;
      while (last - counts[from][0] >= LONGEST) held -= counts[from++][1];
      if (!best || held >= best.held) best = { held, first: counts[from][0], length: last - counts[from][0] + 1 };
    }
    return best;
  }

  /** What happened in each quarter. */
  function buckets(data, { first, length }, ids) {
    const all = Array.from({ length }, () => ({ incidents: 0, minutes: 0, detect: [], resolve: [] }));
    const { quarter, detect, resolve } = data.incidents;
    for (const id of ids) {
      const bucket = quarter[id] === null ? undefined : all[quarter[id] - first];
      if (!bucket) continue;
      bucket.incidents += 1;
      bucket.minutes += resolve[id] ?? 0;
      if (detect[id] !== null) bucket.detect.push(detect[id]);
      if (resolve[id] !== null) bucket.resolve.push(resolve[id]);
    }
    return all;
  }

  /** Half of the values are at most the median, nine in ten at most the 90th percentile; nothing of none. */
  function spread(values) {
    if (values.length === 0) return null;
    const sorted = [...values].sort((a, b) => a - b);
    const percentile = (percent) => {
      const reach = (sorted.length - 1) * percent;
      const [at, rest] = [Math.floor(reach / 100), reach % 100];
      const high = sorted[Math.min(at + 1, sorted.length - 1)];
      return Math.round(sorted[at] + ((high - sorted[at]) * rest) / 100);
    };
    return { known: sorted.length, median: percentile(50), p90: percentile(90), isEnough: sorted.length >= SMALL };
  }

  /** The interval that holds the true share with 95 % certainty, in per cent (Wilson). */
  function interval(part, all) {
    const [share, z] = [part / all, 1.96];
    const middle = share + (z * z) / (2 * all);
    const reach = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * all)) / all);
    const scale = 100 / (1 + (z * z) / all);
    return [Math.max((middle - reach) * scale, 0), Math.min((middle + reach) * scale, 100)];
  }

  /** Causes that came back on a service, the latest return first; in each the oldest incident first. */
  function streaks(data) {
    const { day, cause, service } = data.incidents;
    const found = new Map();
    for (let id = day.length - 1; id >= 0; id -= 1) {
      if (day[id] === null) continue;
      for (const a of cause[id].slice(0, MOST)) {
        for (const b of service[id].slice(0, MOST)) {
          const key = `${a} ${b}`;
          if (!found.has(key)) found.set(key, { cause: a, service: b, ids: [] });
          found.get(key).ids.push(id);
        }
      }
    }
    const all = [...found.values()].filter(({ ids }) => ids.length > 1);
    return all.sort((a, b) => a.ids.at(-1) - b.ids.at(-1) || a.cause - b.cause || a.service - b.service);
  }

  Object.assign(pmsite, { SMALL, tally, pairs, frame, buckets, spread, interval, streaks });
}
