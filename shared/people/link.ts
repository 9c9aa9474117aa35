/**
 * `https://…`, `www.…`, `evil.example/x`: mail programs make links of these, also in capitals (`EVIL.EXAMPLE`), under endings of
 * other scripts (`пример.рф`), and with the full stops of China and Japan between Latin letters, which browsers take for dots. A
 * full stop without a space after it looks the same, and is not worth letting an address through for.
 */
const link = /:\/\/|\bwww\.|[\p{L}\p{N}-]\.\p{L}{2,}|[a-z\d-][。．｡][a-z]{2,}/iu;
/** `J.Mensah`, and nothing behind it that would make a path of it. */
const initials = /(?<![\p{L}\p{N}.-])(?:\p{Lu}\.)+(?=\p{Lu}\p{Ll}{2,}(?:\s|$))/gu;

/** Whether a text has something in it that whoever reads it could press. */
export function hasLink(text: string): boolean {
  return link.test(text.replaceAll(initials, ''));
}
