/** Makes the list's items those of the entries, in their order, and moves or changes no more of them than it must. */
export function arrange(list, entries, keyOf, name, create, fill) {
  const items = new Map([...list.children].map((item) => [item.dataset[name], item]));
  let next = list.firstElementChild;
  for (const entry of entries) {
    const key = keyOf(entry);
    const item = items.get(key) ?? create();
    items.delete(key);
    fill(item, entry);
    item.dataset[name] = key;
    if (item === next) next = next.nextElementSibling;
    else list.insertBefore(item, next);
  }
  for (const item of items.values()) item.remove();
}
