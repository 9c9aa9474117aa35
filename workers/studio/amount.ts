import * as v from 'valibot';

/** An amount somebody typed, such as `12.50`, in minor units: more than nothing. */
export const typedAmount = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^\d{1,11}(\.\d{1,2})?$/),
  v.transform((text) => {
    const [major = '0', minor = ''] = text.split('.');
    return Number(major) * 100 + Number(minor.padEnd(2, '0'));
  }),
  v.minValue(1),
);
