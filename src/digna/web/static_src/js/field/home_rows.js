// Rows of /campo/ are copied from the page's own <template>s.
import { say } from './words.js';

export const copy = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);
export const spot = (node, name) => node.querySelector(`[data-put=${name}]`);
export const put = (node, name, text) => {
  const place = spot(node, name);
  if (place) place.textContent = text;
};
export const act = (node, name) => node.querySelector(`[data-act=${name}]`);
export const on = (node, name, what) => act(node, name)?.addEventListener('click', what);
export const show = (node, name, isShown) => {
  const place = act(node, name);
  if (place) place.hidden = !isShown;
};
export const when = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' });
export const tellSaid = (root, text) => put(root, 'said', text);
export const sayIn = (root, name, values) => tellSaid(root, say(name, values));
