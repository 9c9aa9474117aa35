/** Control and invisible characters. Nobody means to type them, and they break headers, or make one name look like another. */
const unseen = /[\p{Cc}\p{Cf}]/u;

/** Whether there is nothing in a line that its reader would not see. */
export function isSeen(line: string): boolean {
  return !unseen.test(line);
}

/** As `isSeen`, over several lines. */
export function areSeen(text: string): boolean {
  return text.split('\n').every(isSeen);
}
