const everyMs = 10_000;

/**
 * Reads out what is said, ten seconds apart at the least; of several things said meanwhile only the last, because it is
 * the one still true. Says nothing twice, and nothing in a tab nobody looks at.
 */
export function openAnnouncer(region: HTMLElement): (text: string) => void {
  let waiting: string | undefined;
  let isResting = false;

  function readOut(): void {
    if (waiting === undefined || isResting || document.hidden) return;
    if (region.textContent !== waiting) {
      region.textContent = waiting;
      isResting = true;
      setTimeout(() => {
        isResting = false;
        readOut();
      }, everyMs);
    }
    waiting = undefined;
  }

  return (text) => {
    waiting = text;
    readOut();
  };
}
