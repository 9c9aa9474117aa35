// Projects that do not set allowJs (the tests) see the module through this file.
export function installedChromium(): string | undefined;
export function noteDownloadedChromium(path: string): void;
