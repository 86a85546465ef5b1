/** Makes the children of a list match the entries, by key and in order, with as few moves and changes as necessary. */
export function reconcile(list, entries, keyOf, keyName, create, update) {
  const items = new Map([...list.children].map((item) => [item.dataset[keyName], item]));
  let next = list.firstElementChild;
  for (const entry of entries) {
    const key = keyOf(entry);
    const item = items.get(key) ?? create();
    items.delete(key);
    update(item, entry);
    item.dataset[keyName] = key;
    if (item === next) next = next.nextElementSibling;
    else move(list, item, next);
  }
  for (const item of items.values()) remove(list, item);
}

// The keyboard would lose its place with the element that has the focus.
function remove(list, item) {
  const hasFocus = item.contains(document.activeElement);
  item.remove();
  if (hasFocus) list.focus({ preventScroll: true });
}

// Moving an element takes the focus from it.
function move(list, item, next) {
  const focused = item.contains(document.activeElement) ? document.activeElement : null;
  list.insertBefore(item, next);
  focused?.focus({ preventScroll: true });
}
