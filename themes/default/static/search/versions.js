// Documents that tell one incident in several languages: a reader gets one result for it.
'use strict';
{
  const pmsite = globalThis.pmsite;

  /** From each version of an incident to the one in this language, itself included; `src/index/search/lists.rs` writes it. */
  pmsite.incidents = async (lang) => {
    const incidents = new Map();
    const what = `versions-${lang}`;
    if (!(what in (await pmsite.open()).parts)) return incidents;
    const text = await pmsite.part(what);
    const reader = new pmsite.Reader(text);
    let document = -1;
    while (reader.at < text.length) {
      document += reader.number() + 1;
      const away = reader.number();
      incidents.set(document, document);
      incidents.set(document + (away & 1 ? -(away >> 1) : away >> 1), document);
    }
    return incidents;
  };

  /**
   * Documents, of which each incident has the place of its best version. It is shown in the language of the page, unless
   * only another one has what was typed: there the words would not be seen.
   */
  pmsite.once = (documents, incidents, { isTyped }) => {
    const places = new Map();
    const shown = [];
    for (const document of documents) {
      const incident = incidents.get(document);
      const place = places.get(incident);
      if (incident === undefined || place === undefined) {
        if (incident !== undefined) places.set(incident, shown.length);
        shown.push(document);
        continue;
      }
      const other = shown[place];
      const isBetter = isTyped(document) === isTyped(other) ? document === incident : isTyped(document);
      if (isBetter) shown[place] = document;
    }
    return shown;
  };
}
