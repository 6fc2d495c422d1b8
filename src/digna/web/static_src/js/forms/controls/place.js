// A place: the telephone looks until it is sure enough, or the person takes what there is.
import { button, make } from '../elements.js';
import { say } from '../words.js';

const GOOD = 5; // metres: what Collect waits for by itself
const PATIENCE = 120_000;
const figure = (value, digits) => Number(value).toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });

export function place(node, screen, id) {
  const line = make('p', { class: 'ask-place__line', role: 'status' });
  const take = button(say('placeTake'), start, { id });
  const use = button(say('placeUse'), () => stop(best), { kind: 'button--primary', hidden: true });
  const clear = button(say('clear'), () => keep(null), { kind: 'button--quiet button--small' });
  const typed = ['latitude', 'longitude'].map((name) => make('input', { class: 'input', inputmode: 'decimal', autocomplete: 'off', 'aria-label': say(name), placeholder: say(name) }));
  const byHand = make('details', { class: 'ask-place__hand' }, make('summary', { text: say('placeType') }), make('div', { class: 'row' }, ...typed, button(say('placeKeep'), fromHand, { kind: 'button--small' })));
  const element = make('div', { class: 'ask-place' }, line, make('div', { class: 'row' }, take, use, clear), byHand);
  const good = node.nodeOptions?.accuracyThreshold ?? GOOD;
  let watch = null;
  let timer = null;
  let best = null;

  function keep(point) {
    node.setValue(point);
    element.dispatchEvent(new Event('change', { bubbles: true }));
    screen.refresh();
  }
  function start() {
    if (!navigator.geolocation) return tell('placeNone');
    best = null;
    tell('placeLooking');
    take.hidden = true;
    watch = navigator.geolocation.watchPosition(found, failed, { enableHighAccuracy: true, maximumAge: 0, timeout: PATIENCE });
    timer = setTimeout(() => stop(best), PATIENCE);
    return undefined;
  }
  function found({ coords }) {
    if (!best || coords.accuracy <= best.accuracy) {
      best = { latitude: coords.latitude, longitude: coords.longitude, altitude: coords.altitude ?? 0, accuracy: coords.accuracy };
    }
    if (best.accuracy <= good) return stop(best);
    use.hidden = false;
    return tell('placeSoFar', { m: figure(best.accuracy, 0) });
  }
  function failed(problem) {
    if (best) return;
    stop(null);
    tell(problem.code === 1 ? 'placeForbidden' : 'placeNone');
  }
  function stop(point) {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    clearTimeout(timer);
    watch = null;
    take.hidden = false;
    use.hidden = true;
    if (point) keep(point);
    else if (best === null) tell('placeNone');
  }
  function fromHand() {
    const [latitude, longitude] = typed.map((input) => Number(input.value.trim().replace(',', '.') || NaN));
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) keep({ latitude, longitude, altitude: 0, accuracy: 0 });
    else tell('placeWrong');
  }
  const tell = (name, values) => void (line.textContent = say(name, values));

  return {
    element,
    isGroup: true,
    inputs: () => [take],
    update({ value, readonly }) {
      if (watch === null && value) {
        const told = { lat: figure(value.latitude, 6), lon: figure(value.longitude, 6), m: figure(value.accuracy ?? 0, 0) };
        tell(value.accuracy ? 'placeIs' : 'placeIsTyped', told);
      } else if (watch === null && !value && line.dataset.had) tell('placeEmpty');
      line.dataset.had = value ? '1' : '';
      take.textContent = say(value ? 'placeAgain' : 'placeTake');
      clear.hidden = !value || readonly;
      take.disabled = readonly;
      byHand.hidden = readonly;
    },
  };
}
