/** A PIN says which steward has taken over a shared scanner. Six digits, and none that a bystander tries first. */
export const pinShape = /^\d{6}$/;

/** Wrong PINs a scanner may hear in a window before it makes everybody wait. Never per person: nobody locks another out. */
export const pinTries = { count: 5, windowMs: 5 * 60_000 } as const;

/** PINs a person may be refused in a day: a refusal may mean that a colleague has that very PIN. */
export const pinRefusals = { count: 5, windowMs: 24 * 3_600_000 } as const;

/** Repeated (`111111`, `121212`, `123123`), running (`123456`, `987654`) or a date (`240589`), or a year in it. */
export function isWeakPin(pin: string): boolean {
  if (!pinShape.test(pin)) return true;
  return repeats(pin) || runs(pin) || isDate(pin) || holdsYear(pin);
}

function repeats(pin: string): boolean {
  if (new Set(pin).size <= 2) return true;
  return pin.slice(0, 3) === pin.slice(3) || pin.slice(0, 2).repeat(3) === pin;
}

function runs(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10);
  return new Set(steps).size === 1;
}

/** Day, month and year of two digits each, in any of the orders people write. */
function isDate(pin: string): boolean {
  const [a, b, c] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4)].map(Number);
  const isDay = (n = 0) => n >= 1 && n <= 31;
  const isMonth = (n = 0) => n >= 1 && n <= 12;
  return (isDay(a) && isMonth(b)) || (isMonth(a) && isDay(b)) || (isMonth(b) && isDay(c));
}

function holdsYear(pin: string): boolean {
  return /^(?:19|20)\d{2}/.test(pin) || /(?:19|20)\d{2}$/.test(pin);
}
