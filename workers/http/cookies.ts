/** `__Host-` demands Secure and the path `/`, and keeps subdomains from setting it. */
export const cookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;
