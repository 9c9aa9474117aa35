const longest = 500;

/**
 * Where to go on after signing in, from an address or a form anybody may have written: a path of this site or nothing.
 * Two slashes, or a slash and a backslash, would name another host; tabs and line ends are dropped by browsers before
 * they look, so nothing but the plain characters of a path is taken.
 */
export function safeReturnPath(text: string | undefined): string | undefined {
  if (text === undefined || text.length > longest) return undefined;
  return /^\/(?!\/)[\w\-./~%!$&'()*+,;=:@?]*$/.test(text) ? text : undefined;
}
