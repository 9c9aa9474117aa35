import { messages, type Messages } from './en.ts';

/** The catalogues there are, by BCP 47 tag: what can be chosen is what can be read. */
const catalogues: Readonly<Record<string, { readonly name: string; readonly messages: Messages }>> = {
  'en-GB': { name: 'English', messages },
};

export const languages: readonly { readonly locale: string; readonly name: string }[] = Object.entries(catalogues).map(
  ([locale, { name }]) => ({ locale, name }),
);
