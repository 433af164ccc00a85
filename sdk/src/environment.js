/** Reads settings from the environment when they are needed: bundlers run modules at build time. */

/** Says which setting of an application's server is missing or wrong. */
export class AuthConfigError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'AuthConfigError';
  }
}

/** The environment, or `{}`: browsers and some other runtimes have no `process.env`. */
export function environment() {
  return typeof process === 'undefined' ? {} : (process.env ?? {});
}

/** The secrets, newest first, in the order of Auth.js: `AUTH_SECRET_3`, `_2`, `_1`, then `AUTH_SECRET`. */
export function secretsFrom(variables) {
  return ['AUTH_SECRET_3', 'AUTH_SECRET_2', 'AUTH_SECRET_1', 'AUTH_SECRET']
    .map((name) => variables[name])
    .filter((value) => value !== undefined && value !== '');
}

/**
 * The origins of the application: that of `AUTH_URL`, then those in `AUTH_ORIGIN`, separated by commas.
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

/** The origins in a function's options or, by default, in the environment. */
export function originsOf(options, variables = environment()) {
  return options.origin === undefined ? originsFrom(variables) : [parseOrigin(options.origin, 'origin')];
}

/** The secrets in a function's options or, by default, in the environment, newest first. */
export function secretsOf(options, variables = environment()) {
  return options.secret === undefined ? secretsFrom(variables) : [options.secret].flat();
}

/** Like {@link secretsOf}, for a function that cannot work without one. */
export function requireSecrets(options, variables = environment()) {
  const secrets = secretsOf(options, variables);
  if (secrets.length === 0 || secrets.some((secret) => typeof secret !== 'string' || secret === '')) {
    throw new AuthConfigError(
      'AUTH_SECRET is not set. It is the secret of this application. "secret <client id>" of the facade prints it.',
    );
  }
  return secrets;
}

/** Whether an application at this origin is served over TLS. */
export const isHttps = (origin) => new URL(origin).protocol === 'https:';

/** An origin as browsers serialise it. A path, query or user name is an error, not ignored. */
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
