/** Who is looking, as far as a layout needs it. Cached public pages are always drawn for `anonymous`. */
export type Viewer =
  | {
      readonly name: string;
      readonly mayScan: boolean;
      readonly mayWatch: boolean;
      /** What the browser's key needs while this page is open: to be made, or shown again in `inMs`. */
      readonly bond?: { readonly kind: 'name' | 'renew'; readonly inMs: number } | undefined;
    }
  | 'anonymous';
