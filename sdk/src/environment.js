/** Settings that come from the environment, read when they are needed: bundlers run modules long before. */

/** An application's server is not set up as it must be; the message says what is missing. */
export class AuthConfigError extends Error {
  constructor(message) {
    super(message);
    this.name = 'AuthConfigError';
  }
}

/** Edge runtimes have `process.env`, browsers and some others do not. */
export function environment() {
  return typeof process === 'undefined' ? {} : (process.env ?? {});
}

/** Newest first, as Auth.js reads them: `AUTH_SECRET_3`, `_2`, `_1`, then `AUTH_SECRET`. */
export function secretsFrom(variables) {
  return ['AUTH_SECRET_3', 'AUTH_SECRET_2', 'AUTH_SECRET_1', 'AUTH_SECRET']
    .map((name) => variables[name])
    .filter((value) => value !== undefined && value !== '');
}

/**
 * Where the application is served from: `AUTH_URL`, of which only the origin counts, and the origins that `AUTH_ORIGIN`
 * lists, separated by commas.
 */
export function originsFrom(variables) {
  const origins = (variables.AUTH_ORIGIN ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => parseOrigin(each, 'AUTH_ORIGIN'));
  if (variables.AUTH_URL) {
    origins.unshift(webUrl(variables.AUTH_URL, 'AUTH_URL').origin);
  }
  return [...new Set(origins)];
}

/** An origin, serialised as browsers do it. Anything beyond scheme, host and port is a mistake, not ignored. */
export function parseOrigin(text, what) {
  const url = webUrl(text, what);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new AuthConfigError(`${what} must be scheme, host and port, such as https://portfolio.example.com: "${text}"`);
  }
  return url.origin;
}

export function webUrl(text, what) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new AuthConfigError(`${what} must be an address that begins with https:// or http://: "${text}"`);
  }
  return url;
}
