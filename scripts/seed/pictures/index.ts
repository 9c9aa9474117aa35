export function pictures(): { key: string; text: string }[] {
  return [];
}
