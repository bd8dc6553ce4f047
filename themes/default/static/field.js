// `/` leads to the search field of the page, wherever one is, unless one is writing already.
'use strict';
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]')) return;
  const field = document.querySelector('main input[type="search"]') ?? document.querySelector('input[type="search"]');
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
