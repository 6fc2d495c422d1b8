// A photograph is made smaller before it is kept: the disk of a cheap telephone and the line are both small.
import { meta } from './store.js';

const LONGEST = 1600;
const LONGEST_FEW = 1024; // with few data

export async function smaller(file, most = LONGEST) {
  const as = { name: file.name || 'foto.jpg', type: file.type, blob: file };
  if (!file.type.startsWith('image/') || !window.createImageBitmap) return as;
  try {
    const longest = Math.min(most, (await meta('lowData')) ? LONGEST_FEW : LONGEST);
    const image = await createImageBitmap(file);
    const scale = Math.min(1, longest / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
    if (!blob || blob.size >= file.size) return as;
    return { name: as.name.replace(/\.\w+$/, '') + '.jpg', type: 'image/jpeg', blob };
  } catch {
    return as; // the server can read more kinds than this browser
  }
}
