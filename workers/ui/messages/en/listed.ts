/** Several names in a sentence: `Expo, Night Ferry and Open Days`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}
