import { pathTo } from '#workers/routes.ts';

/**
 * The session cookie of a demo person on a local server, as of a browser without scripts: a key would be asked for again in
 * ten minutes, which is not what is tried here.
 */
export async function signInDemo(origin: string, personId: string): Promise<string> {
  const post = (path: string, fields: Record<string, string>, cookie = '') =>
    fetch(origin + path, {
      method: 'POST',
      headers: { origin, cookie },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const answer = await post('/local/sign-in', { person: personId });
  const cookie = answer.headers
    .getSetCookie()
    .find((set) => set.startsWith('__Host-session='))
    ?.split(';')[0];
  if (cookie === undefined) throw new Error(`${personId} was not signed in: ${answer.status}`);
  await post(pathTo('deviceWithout'), {}, cookie);
  return cookie;
}
