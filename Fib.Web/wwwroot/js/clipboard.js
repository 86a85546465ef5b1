/** Copies text to the clipboard; false if the browser does not allow it. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
}

// Browsers do not offer the clipboard API to pages that were loaded over plain HTTP.
function copySelection(text) {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.className = 'offscreen';
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  focused?.focus();
  return copied;
}
