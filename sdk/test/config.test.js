import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { AuthConfigError, createAuthConfig, defineApplications } from '../src/config.js';

const origin = 'https://portfolio.example.com';
const issuer = 'https://id.example.com/realms/example';
const settings = {
  AUTH_URL: origin,
  AUTH_SECRET: 'secret-of-portfolio',
  AUTH_KEYCLOAK_ISSUER: issuer,
  AUTH_KEYCLOAK_ID: 'portfolio',
  AUTH_KEYCLOAK_SECRET: 'client-secret',
};

let before;
beforeEach(() => {
  before = { ...process.env };
  clear();
  Object.assign(process.env, settings);
});
afterEach(() => {
  clear();
  Object.assign(process.env, before);
});
function clear() {
  Object.keys(process.env)
    .filter((name) => name.startsWith('AUTH_'))
    .forEach((name) => delete process.env[name]);
}

const refuses = (message, action) =>
  assert.throws(action, (error) => {
    assert.ok(error instanceof AuthConfigError, error);
    assert.match(error.message, message);
    return true;
  });

describe('createAuthConfig', () => {
  test('is complete', () => {
    const config = createAuthConfig(origin);
    assert.equal(config.basePath, '/api/auth');
    assert.equal(config.trustHost, true);
    assert.deepEqual(config.secret, ['secret-of-portfolio']);
    assert.equal(config.useSecureCookies, true);
    assert.equal(config.session.strategy, 'jwt');
    assert.deepEqual(
      config.providers.map(({ id, name, type }) => `${id} ${name} ${type}`),
      ['github GitHub oidc', 'google Google oidc', 'facebook Facebook oidc', 'linkedin LinkedIn oidc', 'auth0 Auth0 oidc'],
    );
    for (const provider of config.providers) {
      assert.equal(provider.issuer, issuer);
      assert.equal(provider.clientId, 'portfolio');
      assert.equal(provider.clientSecret, 'client-secret');
      assert.deepEqual(provider.checks, ['pkce', 'state', 'nonce']);
      assert.deepEqual(provider.style, { logo: '' });
      assert.deepEqual(provider.authorization.params, {
        scope: 'openid profile email',
        kc_idp_hint: provider.id,
        client_origin: origin,
      });
    }
  });

  test('needs no origin if only one is configured', () => {
    assert.equal(createAuthConfig().providers[0].authorization.params.client_origin, origin);
    process.env.AUTH_URL = `${origin}/api/auth`;
    assert.equal(createAuthConfig().providers[0].authorization.params.client_origin, origin);
  });

  test('accepts every spelling of an origin that browsers accept', () => {
    const { client_origin } = createAuthConfig('HTTPS://Portfolio.example.com:443/').providers[0].authorization.params;
    assert.equal(client_origin, origin);
  });

  test('names the configured origins when another one is passed', () => {
    process.env.AUTH_ORIGIN = 'http://localhost:3000';
    for (const other of [
      'https://evil.example',
      'https://portfolio.example.com.evil.example',
      'http://portfolio.example.com',
      'https://portfolio.example.com:8443',
      'https://sub.portfolio.example.com',
    ]) {
      refuses(/Configured: https:\/\/portfolio\.example\.com, http:\/\/localhost:3000\./, () => createAuthConfig(other));
    }
  });

  for (const wrong of [`${origin}/path`, `${origin}?x`, 'https://user@portfolio.example.com', 'portfolio', 'blob:x', '']) {
    test(`refuses "${wrong}" as an origin`, () => refuses(/origin must be/, () => createAuthConfig(wrong)));
  }

  test('accepts further origins of the same client', () => {
    delete process.env.AUTH_URL;
    process.env.AUTH_ORIGIN = `${origin}, http://localhost:3000`;
    const config = createAuthConfig('http://localhost:3000');
    assert.equal(config.useSecureCookies, false);
    assert.equal(config.cookies.sessionToken.name, 'authjs.session-token');
    refuses(/Several origins/, () => createAuthConfig());
  });

  for (const missing of ['AUTH_URL', 'AUTH_SECRET', 'AUTH_KEYCLOAK_ISSUER', 'AUTH_KEYCLOAK_ID']) {
    test(`reports that ${missing} is missing`, () => {
      delete process.env[missing];
      refuses(new RegExp(missing), () => createAuthConfig(missing === 'AUTH_URL' ? undefined : origin));
    });
  }

  test('does not fail in next build, where there is no environment', () => {
    clear();
    process.env.NEXT_PHASE = 'phase-production-build';
    try {
      const config = createAuthConfig();
      assert.equal(config.basePath, '/api/auth');
      assert.notEqual(config.secret.length, 0);
      assert.equal(config.providers.length, 5);
      Object.assign(process.env, settings);
      assert.deepEqual(createAuthConfig().secret, ['secret-of-portfolio']);
    } finally {
      delete process.env.NEXT_PHASE;
    }
    clear();
    refuses(/AUTH_URL is not set/, () => createAuthConfig());
  });

  test('reads rotated secrets as Auth.js does', () => {
    process.env.AUTH_SECRET_1 = 'newer';
    process.env.AUTH_SECRET_3 = 'newest';
    assert.deepEqual(createAuthConfig().secret, ['newest', 'newer', 'secret-of-portfolio']);
  });

  test('offers the configured providers', () => {
    process.env.AUTH_KEYCLOAK_PROVIDERS = 'github, keycloak,company';
    const { providers } = createAuthConfig();
    assert.deepEqual(
      providers.map(({ name }) => name),
      ['GitHub', 'Keycloak', 'company'],
    );
    assert.equal('kc_idp_hint' in providers[1].authorization.params, false);
    assert.equal(providers[2].authorization.params.kc_idp_hint, 'company');
  });

  test('is for a public client if there is no client secret', () => {
    assert.equal(createAuthConfig().providers[0].client.token_endpoint_auth_method, 'client_secret_basic');
    delete process.env.AUTH_KEYCLOAK_SECRET;
    assert.equal(createAuthConfig().providers[0].client.token_endpoint_auth_method, 'none');
  });

  test('names cookies as the facade does', () => {
    process.env.AUTH_SHARED_HOST = 'true';
    const { cookies } = createAuthConfig();
    assert.deepEqual(
      Object.values(cookies).map(({ name }) => name),
      [
        '__Secure-portfolio.authjs.session-token',
        '__Secure-portfolio.authjs.callback-url',
        '__Host-portfolio.authjs.csrf-token',
        '__Secure-portfolio.authjs.pkce.code_verifier',
        '__Secure-portfolio.authjs.state',
        '__Secure-portfolio.authjs.nonce',
      ],
    );
    assert.ok(Object.values(cookies).every(({ options }) => options.secure && options.httpOnly && options.path === '/'));
  });

  test('is a new object each time, because Auth.js changes it', () => {
    createAuthConfig().providers.pop();
    assert.equal(createAuthConfig().providers.length, 5);
  });
});

describe('defineApplications', () => {
  const dashboard = { origin: 'https://dashboard.example.com', issuer, clientId: 'dashboard', secret: 'd' };
  const portfolio = { origin: [origin, 'http://localhost:3000'], issuer, clientId: 'portfolio', secret: ['p', 'older'] };

  test('gives each origin its own client and secrets', () => {
    const createConfig = defineApplications([dashboard, portfolio]);
    assert.equal(createConfig(dashboard.origin).providers[0].clientId, 'dashboard');
    assert.deepEqual(createConfig(dashboard.origin).secret, ['d']);
    assert.equal(createConfig('http://localhost:3000').providers[0].clientId, 'portfolio');
    assert.deepEqual(createConfig(origin).secret, ['p', 'older']);
  });

  test('ignores the environment', () => {
    const createConfig = defineApplications([dashboard]);
    assert.equal(createConfig().providers[0].clientId, 'dashboard');
    refuses(/no application at https:\/\/portfolio\.example\.com\. Configured: https:\/\/dashboard/, () => createConfig(origin));
    refuses(/secret/, () => defineApplications([{ ...dashboard, secret: undefined }])());
  });

  test('has no default origin if there are several', () => {
    refuses(/Several origins/, () => defineApplications([dashboard, portfolio])());
  });

  test('refuses an origin that belongs to two applications', () => {
    refuses(/belongs to two/, () => defineApplications([dashboard, { ...portfolio, origin: dashboard.origin }]));
  });
});

describe('callbacks', () => {
  const profile = {
    sub: 'user-1',
    sid: 'session-1',
    name: 'Ada',
    email: 'Ada@Example.com',
    email_verified: true,
    picture: 'https://img.example/ada.png',
    provider: 'github',
    clientOrigin: origin,
    clientId: 'portfolio',
  };
  const signedIn = () => createAuthConfig().callbacks.jwt({ token: { sub: 'random' }, account: {}, profile });

  test('authorized asks for a session, except where people sign in', () => {
    const authorized = (pathname, auth) =>
      createAuthConfig().callbacks.authorized({ auth, request: { nextUrl: { pathname } } });
    assert.equal(authorized('/dashboard', null), false);
    assert.equal(authorized('/dashboard', { user: {} }), true);
    assert.equal(authorized('/api/auth/callback/github', null), true);
    assert.equal(authorized('/api/authors', null), false);
  });

  test('authorized names the other name of the cookie, for which Auth.js does not look', () => {
    const said = (cookie, changes = {}) => {
      delete globalThis[Symbol.for('multi-client-auth.said')];
      Object.assign(process.env, changes);
      const warn = mock.method(console, 'warn', () => {});
      const request = { nextUrl: { pathname: '/' }, headers: new Headers({ cookie }) };
      for (let i = 0; i < 2; i++) {
        assert.equal(createAuthConfig().callbacks.authorized({ auth: null, request }), false);
      }
      mock.restoreAll();
      assert.ok(warn.mock.callCount() <= 1);
      return warn.mock.calls[0]?.arguments[0] ?? '';
    };
    assert.match(said('__Secure-portfolio.authjs.session-token.0=x'), /"__Secure-portfolio\.authjs.*AUTH_SHARED_HOST=true/);
    assert.match(said('authjs.session-token=x'), /"authjs\.session-token".*AUTH_URL/);
    assert.equal(said('__Secure-authjs.session-token=x; __Secure-portfolio.authjs.session-token=x'), '');
    assert.equal(said('__Secure-shop.authjs.session-token=x; theme=dark'), '');
    assert.match(said('__Secure-authjs.session-token=x', { AUTH_SHARED_HOST: 'true' }), /Remove AUTH_SHARED_HOST/);
  });

  test('signIn accepts only the requested origin and client', () => {
    const { signIn } = createAuthConfig().callbacks;
    assert.equal(signIn({ profile }), true);
    assert.equal(signIn({ profile: { ...profile, clientOrigin: 'https://dashboard.example.com' } }), false);
    assert.equal(signIn({ profile: { ...profile, clientId: 'dashboard' } }), false);
    refuses(/scope multi-client-auth/, () => signIn({ profile: { ...profile, clientOrigin: undefined } }));
  });

  test('a session has all fields, and the user id of Keycloak', () => {
    const token = signedIn();
    assert.deepEqual(createAuthConfig().callbacks.session({ token }), {
      user: {
        id: 'user-1',
        name: 'Ada',
        email: 'ada@example.com',
        image: 'https://img.example/ada.png',
        provider: 'github',
        clientOrigin: origin,
        clientId: 'portfolio',
        emailVerified: true,
      },
      expires: new Date(token.endsAt).toISOString(),
    });
  });

  test('a session says how the user has signed in, as with a facade', () => {
    const act = { sub: 'admin-1', name: 'Grace' };
    const { jwt, session } = createAuthConfig().callbacks;
    const token = jwt({ token: {}, account: {}, profile: { ...profile, acr: 'gold', auth_time: 1767225600, amr: ['pwd'], act } });
    const { acr, authTime, amr, actor } = session({ token });
    assert.deepEqual({ acr, authTime, amr, actor }, {
      acr: 'gold',
      authTime: '2026-01-01T00:00:00.000Z',
      amr: ['pwd'],
      actor: { id: 'admin-1', name: 'Grace' },
    });
  });

  test('an address is verified only if Keycloak says so', () => {
    for (const value of [undefined, false, 'true', 1]) {
      const config = createAuthConfig();
      const token = config.callbacks.jwt({ token: {}, account: {}, profile: { ...profile, email_verified: value } });
      assert.equal(config.callbacks.session({ token }).user.emailVerified, false);
    }
  });

  test('only ASCII letters of an address become lower case', () => {
    const { jwt, session } = createAuthConfig().callbacks;
    const token = jwt({ token: {}, account: {}, profile: { ...profile, email: 'Mic\u212A@Example.com' } });
    assert.equal(session({ token }).user.email, 'mic\u212A@example.com');
  });

  test('a session ends ten hours after the sign-in, even if it is used', () => {
    const token = signedIn();
    assert.equal(token.endsAt - token.signedInAt, 36_000_000);
    const { jwt } = createAuthConfig().callbacks;
    assert.deepEqual(jwt({ token }), token);
    assert.equal(jwt({ token: { ...token, endsAt: Date.now() - 16_000 } }), null);
  });

  test('what a page sends with update() changes nothing', () => {
    const token = signedIn();
    const session = { user: { id: 'somebody-else', name: 'Eve' } };
    assert.deepEqual(createAuthConfig().callbacks.jwt({ token, trigger: 'update', session }), token);
  });

  for (const claim of ['sub', 'sid', 'clientId']) {
    test(`a token without ${claim} is not a session`, () => {
      assert.equal(createAuthConfig().callbacks.jwt({ token: { ...signedIn(), [claim]: undefined } }), null);
    });
  }

  test('a session of another client is refused', () => {
    assert.equal(createAuthConfig().callbacks.jwt({ token: { ...signedIn(), clientId: 'dashboard' } }), null);
  });

  test('the profile for Auth.js has the values of Keycloak', () => {
    const { profile: map } = createAuthConfig().providers[0];
    assert.deepEqual(map({ sub: 'user-1', preferred_username: 'ada' }), { id: 'user-1', name: 'ada' });
  });
});
