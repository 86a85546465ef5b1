/**
 * Copies the text of a promise to the clipboard; false if the browser does not allow it. Safari allows it only while it handles the
 * click, so the text follows the request.
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text.then((read) => new Blob([read], { type: 'text/plain' })) })]);
    return true;
  } catch {
    return copyLater(await text);
  }
}

// Not every browser has ClipboardItem, or takes a promise in it.
async function copyLater(text) {
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
