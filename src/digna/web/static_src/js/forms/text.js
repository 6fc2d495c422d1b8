// A label, a hint, a message: bold, lists and links as its author marked them, and nothing that acts.
import { make } from './elements.js';

const KEPT = new Set(['strong', 'em', 'u', 'p', 'ul', 'ol', 'li', 'br', 'span', 'div']);
const SAFE = /^(https?:|mailto:|tel:)/i;

function drawn(node) {
  if (node.role === 'child') return document.createTextNode(node.value);
  if (node.role === 'line-break') return make('br');
  if (node.role === 'html') return document.createTextNode(plain(node.unsafeHtml));
  const inside = node.children.map(drawn);
  if (node.elementName === 'a') return link(node, inside);
  if (/^h[1-6]$/.test(node.elementName)) return make('strong', {}, ...inside);
  return make(KEPT.has(node.elementName) ? node.elementName : 'span', {}, ...inside);
}

function link(node, inside) {
  if (!SAFE.test(node.url || '')) return make('span', {}, ...inside);
  return make('a', { href: node.url, rel: 'noopener noreferrer', target: '_blank' }, ...inside);
}

// What stood between the marks: it becomes text, so what is left of a mark is only odd to read.
const plain = (html) => html.replace(/<[^>]*>/g, '');

function inline(nodes) {
  const only = nodes.length === 1 && nodes[0].role === 'parent' && nodes[0].elementName === 'p';
  return only ? nodes[0].children : nodes;
}

function pieces(range, form) {
  const found = inline(range.formatted).map(drawn);
  const [image, audio, video] = [range.imageSource, range.audioSource, range.videoSource].map((one) => form.mediaUrl(one));
  if (image) found.push(make('img', { class: 'ask__picture', src: image, alt: '', loading: 'lazy' }));
  if (audio) found.push(make('audio', { class: 'ask__sound', src: audio, controls: true, preload: 'none' }));
  if (video) found.push(make('video', { class: 'ask__picture', src: video, controls: true, preload: 'none' }));
  return found;
}

// Draws a text where it changed. Returns whether there is any.
export function put(element, range, form) {
  const told = range ? `${form.language}\n${range.asString}\n${range.imageSource || ''}${range.audioSource || ''}` : '';
  if (element.dataset.told !== told) {
    element.dataset.told = told;
    element.replaceChildren(...(range ? pieces(range, form) : []));
  }
  return Boolean(range && element.childNodes.length);
}
