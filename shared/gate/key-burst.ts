/**
 * A scanner that acts as a keyboard types faster than anybody can, and presses Enter. Its codes are told from typing by that
 * alone, so that they arrive wherever the focus is: on a button, in a list, nowhere.
 */
export type KeyBurst = { readonly text: string; readonly atMs: number };

export const noKeys: KeyBurst = { text: '', atMs: 0 };

/** Bluetooth scanners take up to 60 ms a key; people who type eight keys as fast are not known. */
const slowestMs = 80;
/** A ticket's number has ten digits, with or without its hyphen. */
const shortest = 8;
const longest = 1_024;

/** One key more; `code` is set when it ended a burst. `key` as in `KeyboardEvent.key`. */
export function pressed(
  { text, atMs }: KeyBurst,
  key: string,
  nowMs: number,
): { readonly burst: KeyBurst; readonly code?: string } {
  const isFast = nowMs - atMs <= slowestMs;
  if (key === 'Enter' || key === 'Tab') {
    return isFast && text.length >= shortest ? { burst: noKeys, code: text } : { burst: noKeys };
  }
  // Shift and the like are pressed within a burst, and are no part of it.
  if (key.length !== 1) return { burst: { text, atMs: isFast ? nowMs : atMs } };
  const burst = { text: isFast ? (text + key).slice(-longest) : key, atMs: nowMs };
  return { burst };
}
