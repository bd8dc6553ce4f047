// Waits for the next edition of the site and shows it: styles in place, pages by reloading, failures over the page.
'use strict';
(() => {
  let since = Number(document.currentScript.dataset.since);
  let shown = null;

  const freshen = () => {
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) {
      const next = link.cloneNode();
      const href = new URL(link.href);
      href.searchParams.set('v', since);
      next.href = href.href;
      next.addEventListener('load', () => link.remove());
      link.after(next);
    }
  };

  const show = ({ title, text }) => {
    hide();
    shown = document.createElement('div');
    const shadow = shown.attachShadow({ mode: 'open' });
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = '/-/live.css';
    const dialog = document.createElement('section');
    dialog.className = 'failure over';
    dialog.setAttribute('role', 'alert');
    const heading = document.createElement('h1');
    heading.textContent = title;
    const excerpt = document.createElement('pre');
    excerpt.tabIndex = 0;
    excerpt.textContent = text;
    dialog.append(heading, excerpt);
    shadow.append(style, dialog);
    shown.id = 'pmsite-failure';
    document.body.append(shown);
  };

  const hide = () => {
    shown?.remove();
    shown = null;
  };

  const wait = async () => {
    try {
      const answer = await fetch(`/-/wait?since=${since}`, { cache: 'no-store' });
      if (!answer.ok) throw new Error(answer.status);
      const { number, only_styles, failure } = await answer.json();
      since = number;
      if (failure) show(failure);
      else if (only_styles) freshen();
      else return location.reload();
    } catch {
      // The server is gone; it may come back.
      await new Promise((done) => setTimeout(done, 1000));
    }
    wait();
  };
  wait();
})();
