/** Puts text on the clipboard; false where the browser does not allow it. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

// Browsers keep the clipboard's own interface from pages that came by plain HTTP.
function copySelected(text) {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.className = 'away';
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  focused?.focus();
  return done;
}
