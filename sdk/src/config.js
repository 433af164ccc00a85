import { applicationPrefix, cookieNames, sessionCookieNames } from './cookie-names.js';
import { AuthConfigError, environment, isHttps, originsFrom, parseOrigin, secretsFrom, webUrl } from './environment.js';
import { header, isForEverybody } from './facade.js';
import { hasNotEnded, isSession, parseCookies, toSession } from './session-token.js';
import { quoted, warnOnce } from './warn.js';

export { AuthConfigError } from './environment.js';

const NAMES = { github: 'GitHub', google: 'Google', facebook: 'Facebook', linkedin: 'LinkedIn', auth0: 'Auth0' };

/** Keycloak's default of *SSO Session Max*, in seconds. */
const TEN_HOURS = 36_000;

/** Auth.js' default, and the longest that a facade lets its sessions live, in seconds. `endsAt` decides before that. */
const THIRTY_DAYS = 2_592_000;

/** An application that cannot exist, for `next build`. */
const NOWHERE = { issuer: 'https://build.invalid', clientId: 'build', secret: ['only while the application is built'] };

/**
 * A complete configuration of Auth.js 5 for the application at `origin`, with settings from the environment.
 *
 * Behind a facade, which serves `/api/auth/*`, `NextAuth(…).auth()` reads the facade's sessions with it. Without a facade,
 * Auth.js' own handlers use it to sign in at Keycloak.
 *
 * @param {string} [origin] optional if only one is configured
 * @throws {AuthConfigError} if the origin is not configured, or a setting is missing
 */
export function createAuthConfig(origin) {
  const variables = environment();
  try {
    return fromEnvironment(origin, variables);
  } catch (error) {
    // `next build` loads the modules of the application, most often without its settings. It handles no request.
    if (error instanceof AuthConfigError && variables.NEXT_PHASE === 'phase-production-build') {
      return authJsConfig('https://build.invalid', NOWHERE);
    }
    throw error;
  }
}

function fromEnvironment(origin, variables) {
  const origins = originsFrom(variables);
  if (origins.length === 0) {
    throw new AuthConfigError('AUTH_URL is not set. It is the address of this application, such as https://portfolio.example.com.');
  }
  // AUTH_URL is where this instance runs. AUTH_ORIGIN may list further origins, such as a developer's machine.
  return configFor(origin ?? (variables.AUTH_URL ? origins[0] : undefined), [
    {
      origins,
      issuer: variables.AUTH_KEYCLOAK_ISSUER,
      clientId: variables.AUTH_KEYCLOAK_ID,
      clientSecret: variables.AUTH_KEYCLOAK_SECRET,
      secret: secretsFrom(variables),
      providers: list(variables.AUTH_KEYCLOAK_PROVIDERS),
      sharedHost: variables.AUTH_SHARED_HOST === 'true',
    },
  ]);
}

/**
 * `createAuthConfig` for a server with several applications, or without settings in the environment.
 *
 * @param {object[]} applications see config.d.ts
 */
export function defineApplications(applications) {
  const defined = applications.map(({ origin, ...application }) => ({
    ...application,
    origins: [origin].flat().map((each) => parseOrigin(each, 'origin')),
    secret: [application.secret ?? []].flat(),
  }));
  const all = defined.flatMap(({ origins }) => origins);
  const twice = all.find((each, index) => all.indexOf(each) !== index);
  if (twice !== undefined) {
    throw new AuthConfigError(`${twice} belongs to two applications.`);
  }
  return (origin) => configFor(origin, defined);
}

function configFor(given, applications) {
  const all = applications.flatMap(({ origins }) => origins);
  if (given === undefined && all.length !== 1) {
    throw new AuthConfigError(`Several origins are configured. Pass one of them: ${all.join(', ')}.`);
  }
  const origin = given === undefined ? all[0] : parseOrigin(given, 'origin');
  const application = applications.find(({ origins }) => origins.includes(origin));
  if (application === undefined) {
    throw new AuthConfigError(`There is no application at ${origin}. Configured: ${all.join(', ') || 'none'}.`);
  }
  const { issuer, clientId, secret } = application;
  for (const [value, name] of [
    [issuer, 'issuer (AUTH_KEYCLOAK_ISSUER)'],
    [clientId, 'clientId (AUTH_KEYCLOAK_ID)'],
    [secret[0], 'secret (AUTH_SECRET)'],
  ]) {
    if (typeof value !== 'string' || value === '') {
      throw new AuthConfigError(`${name} is missing for the application at ${origin}.`);
    }
  }
  webUrl(issuer, 'issuer');
  return authJsConfig(origin, application);
}

function authJsConfig(origin, application) {
  const { issuer, clientId, clientSecret, secret, providers, sharedHost = false, maxAge = TEN_HOURS } = application;
  const secure = isHttps(origin);
  const names = cookieNames(secure, sharedHost ? applicationPrefix(clientId) : '');
  return {
    basePath: '/api/auth',
    // The origin is fixed here, and Keycloak checks the redirect URI.
    trustHost: true,
    secret: [...secret],
    useSecureCookies: secure,
    cookies: cookies(secure, names),
    session: { strategy: 'jwt', maxAge: THIRTY_DAYS },
    providers: (providers ?? Object.keys(NAMES)).map((id) => provider(id, { issuer, clientId, clientSecret, origin })),
    callbacks: {
      /** The pages that `matcher` names need a session with `export { auth as middleware }`, as with multi-client-auth/next. */
      authorized({ auth, request }) {
        if (auth === null) {
          explain(request, names.sessionToken, clientId);
        }
        return auth !== null || isForEverybody(request.nextUrl.pathname);
      },
      /** Checks the result, because the query of a sign-in request can change the parameters sent to Keycloak. */
      signIn({ profile }) {
        if (profile?.clientOrigin === undefined) {
          throw new AuthConfigError(`Keycloak's tokens lack clientOrigin: has "${clientId}" the scope multi-client-auth?`);
        }
        return profile.clientOrigin === origin && profile.clientId === clientId;
      },
      /** Ignores what `update()` of a page sends: a page must not decide who the user is. */
      jwt({ token, account, profile }) {
        if (account && profile) {
          return claimsOf(profile, clientId, maxAge);
        }
        return isSession(token) && token.clientId === clientId && hasNotEnded(token, Date.now() / 1000) ? token : null;
      },
      session({ token }) {
        return toSession(token);
      },
    },
  };
}

/** The claims that the facade would put into its cookie: sessions are the same with and without a facade. */
function claimsOf(profile, clientId, maxAge) {
  const now = Date.now();
  return withoutEmpty({
    name: profile.name ?? profile.preferred_username,
    // ASCII letters only: the Kelvin sign (U+212A) would become a k, which is another mailbox.
    email: profile.email?.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase()),
    emailVerified: profile.email_verified === true,
    picture: profile.picture,
    sub: profile.sub,
    sid: profile.sid,
    provider: profile.provider,
    clientOrigin: profile.clientOrigin,
    claims: profile.claims,
    acr: profile.acr,
    auth_time: profile.auth_time,
    amr: profile.amr,
    act: profile.act,
    clientId,
    signedInAt: now,
    checkedAt: Math.floor(now / 1000),
    // This session is never revalidated with Keycloak, so using it does not prolong it.
    endsAt: now + maxAge * 1000,
  });
}

function provider(id, { issuer, clientId, clientSecret, origin }) {
  return {
    id,
    name: NAMES[id] ?? (id === 'keycloak' ? 'Keycloak' : id),
    type: 'oidc',
    issuer,
    clientId,
    clientSecret,
    client: { token_endpoint_auth_method: clientSecret ? 'client_secret_basic' : 'none' },
    checks: ['pkce', 'state', 'nonce'],
    // Otherwise Auth.js' own sign-in page loads pictures from authjs.dev, which would see every visit.
    style: { logo: '' },
    authorization: {
      params: {
        scope: 'openid profile email',
        // "keycloak" is Keycloak's own login page.
        ...(id === 'keycloak' ? {} : { kc_idp_hint: id }),
        client_origin: origin,
      },
    },
    profile: (profile) =>
      withoutEmpty({
        id: profile.sub,
        name: profile.name ?? profile.preferred_username,
        email: profile.email,
        image: profile.picture,
      }),
  };
}

function cookies(secure, names) {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  // In seconds: the time that a user has at the provider.
  const transaction = { ...options, maxAge: 900 };
  return {
    sessionToken: { name: names.sessionToken, options },
    callbackUrl: { name: names.callbackUrl, options },
    csrfToken: { name: names.csrfToken, options },
    pkceCodeVerifier: { name: names.pkceCodeVerifier, options: transaction },
    state: { name: names.state, options: transaction },
    nonce: { name: names.nonce, options },
  };
}

/**
 * Says that the session cookie has the client's other name. Auth.js looks for one name only, and the facade changes it when
 * another client starts or stops using the host name.
 */
function explain(request, expected, clientId) {
  const cookies = request.headers === undefined ? [] : parseCookies(header(request, 'cookie'));
  const found = sessionCookieNames(cookies, clientId).filter(({ ours }) => ours);
  const [first] = found;
  if (first === undefined || found.some(({ name }) => name === expected)) {
    return;
  }
  const todo = expected.startsWith('__Secure-') === first.secure
    ? `${first.prefix === '' ? 'Remove AUTH_SHARED_HOST' : 'Set AUTH_SHARED_HOST=true'} (sharedHost of defineApplications), or ` +
      'use auth() of multi-client-auth/next or /server, which finds both names.'
    : "Set AUTH_URL to the address that stands in the browser's address bar.";
  warnOnce('name', `The browser sends the session cookie ${quoted(first.name)}, and Auth.js looks for "${expected}". ${todo}`);
}

const list = (text) =>
  text === undefined || text === '' ? undefined : text.split(',').map((each) => each.trim());

const withoutEmpty = (object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== ''));
