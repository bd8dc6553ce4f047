// Counting, as `src/index/statistics/` counts: whatever is drawn here must be what the site's own pages draw.
'use strict';
globalThis.pmsite = { ...globalThis.pmsite };
{
  /** Fewer values than this are told one by one and not summed up. */
  const SMALL = 5;
  /** Charts show at most so many quarters. */
  const LONGEST = 100;
  /** An incident alone that is further from all others than this has a wrong year. */
  const FAR = 60;
  /** Of an incident with more values than this only the first so many are paired. */
  const MOST = 12;
  /** Of one with more than this only the first so many are counted. */
  const COUNTED = 100;

  /** How many incidents have each value of a facet, the most frequent first, and of how many it is known. */
  function tally(data, facet, ids) {
    const counts = new Map();
    let known = 0;
    for (const id of ids) {
      const places = data.incidents[facet][id];
      known += places.length > 0 ? 1 : 0;
      for (const place of places.slice(0, COUNTED)) counts.set(place, (counts.get(place) ?? 0) + 1);
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

  /** The quarters that a chart shows; of too many the newest, without wrong years. */
  function frame(data, ids) {
    const found = new Map();
    for (const id of ids) {
      const quarter = data.incidents.quarter[id];
      if (quarter !== null) found.set(quarter, (found.get(quarter) ?? 0) + 1);
    }
    const counts = [...found].sort(([a], [b]) => a - b);
    const span = () => counts.at(-1)[0] - counts[0][0] + 1;
    const isFar = ([at, count], next) => count === 1 && Math.abs(next[0] - at) > FAR;
    while (counts.length > 1 && span() > LONGEST && isFar(counts[0], counts[1])) counts.shift();
    while (counts.length > 1 && span() > LONGEST && isFar(counts.at(-1), counts.at(-2))) counts.pop();
    const last = counts.at(-1)?.[0];
    const first = counts.find(([quarter]) => last - quarter < LONGEST)?.[0];
    return first === undefined ? null : { first, length: last - first + 1 };
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

  /** Minutes of all incidents whose length is known; nothing where there were some and none has a length. */
  const minutes = (bucket) => (bucket.incidents === 0 || bucket.resolve.length > 0 ? bucket.minutes : null);

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

  Object.assign(pmsite, { SMALL, tally, pairs, frame, buckets, minutes, spread, interval, streaks });
}
