/**
 * The push services of the browsers in use. An endpoint comes from a page, and we post to it: without this list, whoever
 * is signed in could aim our requests at any machine.
 */
const services = [
  /^fcm\.googleapis\.com$/,
  /^(?:[a-z0-9-]+\.)*push\.services\.mozilla\.com$/,
  /^(?:[a-z0-9-]+\.)*push\.apple\.com$/,
  /^(?:[a-z0-9-]+\.)*notify\.windows\.com$/,
];

const endpointLimitChars = 1_000;

export function isPushService(endpoint: string): boolean {
  if (endpoint.length > endpointLimitChars || !URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, username, password } = new URL(endpoint);
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false;
  return services.some((service) => service.test(hostname));
}
