// The one place that knows the ODK engine: a definition and a draft in, a tree of questions out.
import { loadForm } from '@getodk/xforms-engine';

const XML_PART = 'xml_submission_file';
// What a form may bring in as a list. XML is not among them: nothing of it is ever expanded here.
const LISTS = /\.(csv|geojson)$/i;

const nameOf = (url) => decodeURIComponent(String(url).split('/').pop());

// The files of a form come from the addresses that its definition names, and from nowhere else.
function fetcher(media) {
  return async (url) => {
    const name = nameOf(url);
    if (!media[name] || !LISTS.test(name)) return new Response('', { status: 404 });
    return fetch(media[name], { headers: { Accept: 'text/csv' } });
  };
}

// The engine writes its state through these; whoever shows it is told once a turn.
function watched(tell) {
  let waits = false;
  const later = () => {
    if (waits) return;
    waits = true;
    queueMicrotask(() => {
      waits = false;
      tell();
    });
  };
  return (object) =>
    new Proxy(object, {
      set(target, key, value) {
        target[key] = value;
        later();
        return true;
      },
    });
}

// As ODK Collect names them: the instant, in milliseconds; two in one instant stay apart.
function namer() {
  let last = 0;
  return ({ writtenAt, extension }) => {
    last = Math.max(last + 1, writtenAt.getTime());
    return `${last}${(extension || '.bin').toLowerCase()}`;
  };
}

function packed(parts) {
  const data = new FormData();
  for (const { field, name, type, blob } of parts) data.append(field, new File([blob], name, { type }), name);
  return data;
}

export class Broken extends Error {}

const read = new Map(); // what was read already, by its hash: the next sheet of paper begins at once

// definition: {hash, xform, media: {name: url}}. Raises `Broken`.
export async function load(definition) {
  if (!read.has(definition.hash)) {
    const loaded = await loadForm(definition.xform, {
      fetchFormAttachment: fetcher(definition.media || {}),
      missingResourceBehavior: 'BLANK',
    });
    if (loaded.status === 'failure') throw new Broken(loaded.error.message);
    read.set(definition.hash, loaded);
  }
  return read.get(definition.hash);
}

// draft: the parts of a payload; correcting: the same, of what was sent.
export async function open(definition, { draft, correcting, known = {}, onChange }) {
  const loaded = await load(definition);
  const config = {
    stateFactory: watched(onChange),
    instanceAttachments: { fileNameFactory: namer() },
    preloadProperties: known,
  };
  const made = await start(loaded, config, draft, correcting);
  return new Filled(made.root, definition);
}

function start(loaded, config, draft, correcting) {
  if (draft) return loaded.restoreInstance({ data: [packed(draft)] }, config);
  if (correcting) {
    return loaded.editInstance({ inputType: 'FORM_INSTANCE_INPUT_RESOLVED', data: [packed(correcting)] }, config);
  }
  return loaded.createInstance(config);
}

const textOf = (xml, name) => {
  const found = new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS('*', name)[0];
  return found?.textContent.trim() || '';
};

// A form being filled.
export class Filled {
  constructor(root, definition) {
    this.root = root;
    this.definition = definition;
  }

  get languages() {
    return this.root.languages.filter((one) => !one.isSyntheticDefault);
  }
  get language() {
    return this.root.currentState.activeLanguage.language || '';
  }
  setLanguage(name) {
    const found = this.languages.find((one) => one.language === name);
    if (found) this.root.setLanguage(found);
  }
  get faults() {
    return this.root.validationState.violations;
  }
  // The address of a picture or sound that a label leans on.
  mediaUrl(source) {
    return source ? this.definition.media?.[nameOf(source)] : undefined;
  }

  // Everything filled so far: the XML first, then its files, by the names that the XML calls them.
  async parts() {
    const { data, status } = await this.root.prepareInstancePayload({ payloadType: 'monolithic' });
    const parts = [];
    for (const [field, blob] of data[0]) {
      const isXml = field === XML_PART;
      parts.push({ field, name: isXml ? 'submission.xml' : field, type: blob.type, blob });
    }
    const xml = await parts.find((part) => part.field === XML_PART).blob.text();
    return { parts, xml, isReady: status === 'ready' };
  }
}

export const instanceId = (xml) => textOf(xml, 'instanceID').replace(/^uuid:/, '');
export const instanceName = (xml) => textOf(xml, 'instanceName');
