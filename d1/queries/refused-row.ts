/** What SQLite says of a row it will never take; busy, full, out of reach and a missing table are not among these. */
const refusals = ['SQLITE_CONSTRAINT', 'SQLITE_MISMATCH', 'SQLITE_TOOBIG', 'D1_TYPE_ERROR'];

/** A cursor that had moved meanwhile is refused by its own column: that is a race, not a bad row. */
const cursorTable = 'projection_cursors';

/** Whether a batch failed because of a row in it, so that it would fail for ever. */
export function isRefusedRow(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { message } = at;
    if (message.includes(`failed: ${cursorTable}.`)) return false;
    if (refusals.some((code) => message.includes(code))) return true;
  }
  return false;
}
