// How one answer on the page is judged; the rules are those of digna_engines.courses.grading.

export function verdictOf(data, box) {
  const chosen = chosenIn(data, box);
  if (!chosen.length) return { verdict: 'blank', chosen };
  const share = SHARES[data.kind](data, chosen);
  if (share === null) return { verdict: 'blank', chosen: [] };
  return { verdict: share === 1 ? 'right' : share > 0 ? 'partly' : 'wrong', chosen };
}

const SHARES = {
  one: (data, [code]) => (data.right.includes(code) ? 1 : 0),
  true_false: (data, [code]) => (data.right.includes(code) ? 1 : 0),
  many: (data, chosen) => {
    const hits = chosen.filter((code) => data.right.includes(code)).length;
    return Math.max((hits - (chosen.length - hits)) / data.right.length, 0);
  },
  number: (data, [text]) => {
    const number = numberIn(text);
    if (Number.isNaN(number)) return null;
    return Math.abs(number - Number(data.number)) <= Number(data.tolerance) ? 1 : 0;
  },
  order: (data, chosen) => chosen.filter((code, at) => data.right[at] === code).length / data.right.length,
  match: (data, chosen) => chosen.filter((code, at) => data.right[at] === code).length / data.right.length,
};

function chosenIn(data, box) {
  if (data.kind === 'number') {
    const text = box.querySelector('input').value.trim();
    return text ? [text] : [];
  }
  if (data.kind === 'match') {
    const told = data.right.map((code) => box.querySelector(`[data-option="${code}"]`)?.value || '');
    return told.some(Boolean) ? told : [];
  }
  if (data.kind === 'order') {
    const places = [...box.querySelectorAll('[data-option]')].map((one) => [one.dataset.option, Number(one.value)]);
    if (places.some(([, place]) => !place)) return [];
    return places.sort(([, a], [, b]) => a - b).map(([code]) => code);
  }
  return [...box.querySelectorAll('input:checked')].map((one) => one.value);
}

// «1.200,50» and «1200.5» are both read; «1.200» is twelve hundred.
function numberIn(text) {
  let plain = text.replace(/\s/g, '');
  if (plain.includes(',')) plain = plain.replace(/\./g, '').replace(',', '.');
  else if (/^\d+\.\d{3}$/.test(plain)) plain = plain.replace('.', '');
  return plain === '' ? NaN : Number(plain);
}
