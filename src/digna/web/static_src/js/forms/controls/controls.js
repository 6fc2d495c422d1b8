// Which control shows a question: by the engine's kind of node and the kind of its value.
import { acknowledge } from './acknowledge.js';
import { choice } from './choice.js';
import { day, hour, instant } from './dates.js';
import { file } from './files.js';
import { number, text } from './plain.js';
import { place } from './place.js';
import { range } from './range.js';
import { rank } from './rank.js';
import { make } from '../elements.js';

const INPUTS = {
  string: text, barcode: text, int: number, decimal: number, date: day, time: hour, dateTime: instant, geopoint: place,
};
const NODES = { select: choice, range, rank, trigger: acknowledge, upload: file, note };

function note() {
  return { element: make('div'), update() {}, isGroup: false };
}

export function controlOf(node, screen, id) {
  const by = NODES[node.nodeType] || INPUTS[node.valueType] || text;
  return by(node, screen, `${id}-in`);
}
