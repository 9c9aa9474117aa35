/** Who is looking, as far as a layout needs it. Cached public pages are always drawn for `anonymous`. */
export type Viewer = { readonly name: string; readonly mayScan: boolean; readonly mayWatch: boolean } | 'anonymous';
