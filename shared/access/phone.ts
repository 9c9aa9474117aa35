/**
 * Countries we send text messages to, by their calling code and what stands before a number dialled at home. Not every
 * country there is: messages to far-off premium numbers are how text codes are milked.
 */
export const phoneCountries = [
  { code: 'GB', calling: '44', trunk: '0' },
  { code: 'IE', calling: '353', trunk: '0' },
  { code: 'DE', calling: '49', trunk: '0' },
  { code: 'FR', calling: '33', trunk: '0' },
  { code: 'NL', calling: '31', trunk: '0' },
  { code: 'GH', calling: '233', trunk: '0' },
  { code: 'NG', calling: '234', trunk: '0' },
  { code: 'KE', calling: '254', trunk: '0' },
  { code: 'ZA', calling: '27', trunk: '0' },
  { code: 'US', calling: '1', trunk: '1' },
] as const;

export type PhoneCountry = (typeof phoneCountries)[number]['code'];

/** Separators people write. A letter, a second plus or an extension makes it something else than a number. */
const written = /^\s*(\+|00)?[\d\s().\-/]+$/;
/** Of what follows the calling code. */
const nationalDigits = { least: 7, most: 12 };

/** E.164, such as `+447700900123`, of a number written with its country code or as at home; undefined for anything else. */
export function parsePhone(text: string, home: PhoneCountry): string | undefined {
  const match = written.exec(text);
  if (match === null) return undefined;
  const isInternational = match[1] !== undefined;
  const digits = text.replaceAll(/\D/g, '').slice(match[1] === '00' ? 2 : 0);
  const country = phoneCountries.find(({ code, calling }) =>
    isInternational ? digits.startsWith(calling) : code === home,
  );
  if (country === undefined) return undefined;
  // "+44 (0) 7700 …": the zero is for dialling at home.
  const rest = isInternational ? digits.slice(country.calling.length) : digits;
  const national = rest.startsWith(country.trunk) ? rest.slice(country.trunk.length) : rest;
  if (national.startsWith('0')) return undefined;
  const fits = national.length >= nationalDigits.least && national.length <= nationalDigits.most;
  return fits ? `+${country.calling}${national}` : undefined;
}
