/** Lines as CSV (RFC 4180); and a spreadsheet must not take a cell for a formula. */
export function csvOf(lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n');
}

function csvCell(value: string | number): string {
  // A number is no formula, minus sign and all.
  if (typeof value === 'number') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${plain.replaceAll('"', '""')}"`;
}
