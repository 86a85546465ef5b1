// The same lines as in Components/LatestTerms.razor.
export function line({ index, state, term, reason }) {
  switch (state) {
    case 'Computed': return `For index ${index} I calculated ${term}`;
    case 'Failed': return `Index ${index} failed: ${reason}`;
    default: return `Index ${index} is being calculated …`;
  }
}
