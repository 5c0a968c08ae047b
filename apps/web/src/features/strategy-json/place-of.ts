import type { SyntaxNode, Tree } from '@lezer/common';

const isValue = ({ name }: SyntaxNode): boolean =>
  ['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null'].includes(name);

/** Where in JSON text the value at `path` stands; the nearest enclosing value when it is missing. */
export function placeOf(tree: Tree, text: string, path: readonly string[]): { from: number; to: number } {
  let node: SyntaxNode | null = tree.topNode.firstChild;
  let place = { from: 0, to: Math.min(1, text.length) };
  for (const key of path) {
    if (!node) break;
    const next = childAt(node, text, key);
    if (!next) break;
    node = next.value;
    place = next.shown;
  }
  return place;
}

function childAt(
  node: SyntaxNode,
  text: string,
  key: string,
): { value: SyntaxNode | null; shown: { from: number; to: number } } | null {
  if (node.name === 'Array') {
    let index = 0;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (!isValue(child)) continue;
      if (String(index) === key) return { value: child, shown: { from: child.from, to: child.to } };
      index++;
    }
    return null;
  }
  if (node.name !== 'Object') return null;
  for (const property of node.getChildren('Property')) {
    const name = property.getChild('PropertyName');
    if (!name || text.slice(name.from + 1, name.to - 1) !== key) continue;
    const value = property.lastChild;
    return { value: value && isValue(value) ? value : null, shown: { from: name.from, to: name.to } };
  }
  return null;
}
