// A form cut into pages: a group a page, questions outside of groups some at a time, a repeat a page.
const MOST = 10;
const isRepeat = (node) => node.nodeType.startsWith('repeat-range');
const isSilent = (node) => node.nodeType === 'model-value';
const holds = (node) => node.nodeType === 'group' || isRepeat(node) || node.nodeType === 'repeat-instance';
const children = (node) => node.currentState.children || [];

// Whether somebody sees anything of a node now.
export function isShown(node) {
  if (isSilent(node) || !node.currentState.relevant) return false;
  if (node.nodeType === 'repeat-range:uncontrolled') return true;
  return holds(node) ? children(node).some(isShown) : true;
}

const isWhole = (group) => [...(group.appearances || [])].includes('field-list') || !children(group).some(holds);

export function pagesOf(root) {
  const found = [];
  const walk = (nodes, above) => {
    let run = [];
    const flush = () => {
      for (let at = 0; at < run.length; at += MOST) found.push({ above, nodes: run.slice(at, at + MOST) });
      run = [];
    };
    for (const node of nodes.filter((one) => !isSilent(one))) {
      if (!holds(node)) run.push(node);
      else {
        flush();
        if (isRepeat(node)) found.push({ above, nodes: [node] });
        else if (isWhole(node)) found.push({ above: [...above, node], nodes: children(node) });
        else walk(children(node), [...above, node]);
      }
    }
    flush();
  };
  walk(children(root), []);
  return found;
}

export const shownPages = (pages) => pages.filter((page) => page.nodes.some(isShown));

// Every node of a page, those of its repeats too.
export function* within(nodes) {
  for (const node of nodes) {
    yield node;
    yield* within(children(node));
  }
}

export const faultsOf = (page, form) => {
  const here = new Set([...within(page.nodes)].map((node) => node.nodeId));
  return form.faults.filter((fault) => here.has(fault.nodeId));
};
