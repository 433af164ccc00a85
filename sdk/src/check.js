/**
 * Finds out on a developer's machine why nobody is signed in: `npx multi-client-auth check`, or `check()` in a development
 * server. Needs Node.js.
 *
 * It sends no secret. The cookies of `/api/auth/csrf` are enough, which the facade sets for everybody: their names say
 * whether clients share the host name and whether it is served over TLS, one value is the origin that the facade has seen,
 * and the other has a hash that needs the application's own secret.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { applicationPrefix, cookieNames } from './cookie-names.js';
import { isHttps, originsFrom, parseOrigin, secretsFrom, webUrl } from './environment.js';
import { candidates, openSessionToken, parseCookies } from './session-token.js';

/** Development servers compile a route when it is asked for. */
const LIMIT_MILLIS = 30_000;

const TIMEOUT = 'no answer';

/** The files of frameworks. The first that has a variable decides. */
const FILES = ['.env.development.local', '.env.local', '.env.development', '.env'];

const FORWARD = 'Forward /api/auth/* to the facade, in the configuration of your development server.';
const KEEP_HOST =
  'Let the proxy keep the Host header (Vite and Angular: "changeOrigin": false). For one that cannot, as rewrites of ' +
  'Next.js or a proxy that ends TLS, name it in the facade\'s QUARKUS_HTTP_PROXY_TRUSTED_PROXIES.';

/** See check.d.ts. */
export async function check({
  url,
  cookie,
  env = environmentOf(process.cwd()),
  authJs = hasAuthJs(process.cwd()),
  quiet = false,
} = {}) {
  if (process.env.NODE_ENV === 'production') {
    return { ok: true, answers: [] };
  }
  const answers = [];
  for await (const answer of ask({ url, cookie, env, authJs })) {
    answers.push(answer);
  }
  const wrong = answers.filter(({ ok }) => ok === false);
  if (wrong.length > 0 && !quiet) {
    console.warn(format(wrong));
  }
  return { ok: wrong.length === 0, answers };
}

/** The answers as lines for a terminal. */
export function format(answers) {
  const mark = (ok) => (ok === undefined ? '–' : ok ? '✓' : '✗');
  return answers.map(({ ok, text, todo }) => `${mark(ok)} ${text}${todo ? `\n  → ${todo}` : ''}`).join('\n');
}

/** The variables of this process and, where it has none, those of the files that frameworks read in `folder`. */
function environmentOf(folder) {
  const files = FILES.map((name) => join(folder, name)).filter((file) => existsSync(file));
  return Object.assign({}, ...files.reverse().map((file) => parseEnv(readFileSync(file, 'utf8'))), process.env);
}

/** Whether the application in `folder` uses Auth.js itself, which finds a cookie under one name only. */
function hasAuthJs(folder) {
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return Object.keys({ ...dependencies, ...devDependencies }).some((name) => /^(next-auth$|@auth\/)/.test(name));
  } catch {
    return false;
  }
}

const good = (id, text) => ({ id, ok: true, text });
const bad = (id, text, todo) => ({ id, ok: false, text, todo });
/** What cannot be checked, or need not be. */
const open = (id, text) => ({ id, ok: undefined, text });

/** One answer after the other, up to the first without which the next ones would mislead. */
async function* ask({ url, cookie, env, authJs }) {
  let origin;
  try {
    origin = url === undefined ? originsFrom(env)[0] : parseOrigin(url, 'The address');
    originsFrom(env);
  } catch (error) {
    yield bad('address', error.message, 'Write scheme, host and port, such as http://localhost:5173.');
    return;
  }
  if (origin === undefined) {
    yield bad('address', 'Which application?', 'Set AUTH_URL, or run: npx multi-client-auth check http://localhost:5173');
    return;
  }
  yield* settings(origin, env);
  const seen = yield* forwarded(origin, env);
  if (seen === undefined) {
    return;
  }
  yield* providers(origin);
  yield* names(origin, seen, env, authJs);
  yield* secret(seen, env);
  yield* pasted(cookie, seen, env);
  yield* facadeAddress(origin, env);
}

function* settings(origin, env) {
  const own = originsFrom(env);
  if (own.length > 0 && !own.includes(origin)) {
    yield bad(
      'AUTH_URL',
      `AUTH_URL is ${own[0]}, and you ask about ${origin}.`,
      `Set AUTH_URL=${origin}: your server takes its origin, and with it the names of its cookies, from there.`,
    );
  }
  if (env.NEXTAUTH_SECRET && secretsFrom(env).length === 0) {
    yield bad('AUTH_SECRET', 'There is NEXTAUTH_SECRET, but no AUTH_SECRET.', 'Rename it to AUTH_SECRET.');
  }
}

/** Whether `/api/auth/*` reaches a facade which knows this origin. Returns what its cookies say, if they can be trusted. */
async function* forwarded(origin, env) {
  const address = `${origin}/api/auth/csrf`;
  let answer;
  try {
    answer = await get(address);
  } catch (error) {
    yield unreachable(origin, error);
    return undefined;
  }
  const { status, json } = answer;
  if (status >= 500) {
    yield typeof json?.message === 'string'
      ? bad('facade', `The facade says: ${json.message} (status ${status})`, 'Its log says why.')
      : bad(
          'forwarded',
          `${address} answers status ${status}: nothing answers where /api/auth/* is forwarded to.`,
          `Start the facade, or correct its address in the configuration of your development server.${known(env)}`,
        );
    return undefined;
  }
  if (status === 200 && typeof json?.csrfToken === 'string') {
    return yield* standing(origin, answer);
  }
  if (status === 403 && typeof json?.message === 'string') {
    yield bad('registered', `The facade says: ${json.message}`, 'Ask the administrator to enable the client in Keycloak.');
    return undefined;
  }
  if (status === 400 && typeof json?.message === 'string') {
    yield good('forwarded', '/api/auth/* is forwarded to the facade');
    yield await unknownOrigin(origin, env);
    return undefined;
  }
  const what = status >= 300 && status < 400 ? `redirects to ${answer.headers.location}` : `answers status ${status}`;
  yield bad('forwarded', `${address} ${what}${json === undefined ? ' and no JSON' : ''}: this is not the facade.`, `${FORWARD}${known(env)}`);
  return undefined;
}

const known = (env) => (env.AUTH_FACADE_URL ? ` AUTH_FACADE_URL is ${env.AUTH_FACADE_URL}.` : '');

function unreachable(origin, error) {
  if (/CERT|SIGNATURE|ALTNAME/.test(error.code)) {
    return bad(
      'server',
      `Node.js does not trust the certificate of ${origin} (${error.code}).`,
      "Name the authority's certificate in NODE_EXTRA_CA_CERTS. Your server needs that too, if it asks the facade there.",
    );
  }
  if (error.code === TIMEOUT) {
    return bad('server', `${origin} gives ${error.message}.`, "See your development server's log, then run this again.");
  }
  return bad('server', `Nothing answers at ${origin} (${error.code ?? error.message}).`, 'Start your development server, then run this again.');
}

/** The facade has refused what arrived through the development server. Asked directly, it shows who is to blame. */
async function unknownOrigin(origin, env) {
  const register = `Ask the administrator to add ${origin} to the Web origins of your client, which needs the scope multi-client-auth.`;
  const refused = `The facade does not know the origin that reaches it from ${origin}.`;
  if (!env.AUTH_FACADE_URL) {
    return bad('registered', refused, `${register} If it is there: ${KEEP_HOST}`);
  }
  try {
    const direct = await get(`${webUrl(env.AUTH_FACADE_URL, 'AUTH_FACADE_URL').origin}/api/auth/csrf`, {
      host: new URL(origin).host,
    });
    if (direct.status === 200 && originSeen(direct) === origin) {
      return bad('host', `${origin} is registered, but the facade does not see that you ask from there.`, KEEP_HOST);
    }
  } catch {
    return bad('registered', refused, `${register} If it is there: ${KEEP_HOST}`);
  }
  return isHttps(origin)
    ? bad('registered', refused, `${register} If it is there: ${KEEP_HOST}`)
    : bad('registered', `${origin} is not registered.`, register);
}

/** What the cookies of `/api/auth/csrf` say. */
async function* standing(origin, answer) {
  const script = await get(`${origin}/api/auth/client.js`).catch(() => undefined);
  if (script?.status !== 200 || !/^(text|application)\/javascript/.test(script.headers['content-type'] ?? '')) {
    yield bad(
      'forwarded',
      `Auth.js answers at ${origin}/api/auth/*, not the facade.`,
      'Remove your own route (such as app/api/auth/[...nextauth]) and forward instead. Without a facade there is nothing to check.',
    );
    return undefined;
  }
  yield good('forwarded', '/api/auth/* is forwarded to the facade');
  const found = answer.cookies
    .map(({ name, value }) => [/^(__Host-)?(.*?)authjs\.csrf-token$/.exec(name), value])
    .find(([matched]) => matched !== null);
  const seen = originSeen(answer);
  if (found === undefined || seen === undefined) {
    yield bad('forwarded', 'The cookies of the facade do not arrive.', 'Let the proxy keep Set-Cookie.');
    return undefined;
  }
  if (seen !== origin) {
    yield bad('host', `The facade takes ${origin} for ${seen}.`, KEEP_HOST);
    return undefined;
  }
  yield good('host', 'The facade sees the right Host');
  yield good('registered', `${origin} is registered`);
  const [[, secure, prefix], value] = found;
  return { secure: secure !== undefined, prefix, csrf: decodeURIComponent(value) };
}

function originSeen({ cookies }) {
  const found = cookies.find(({ name }) => name.endsWith('authjs.callback-url'));
  const address = found === undefined ? '' : decodeURIComponent(found.value);
  return URL.canParse(address) ? new URL(address).origin : undefined;
}

async function* providers(origin) {
  const { json } = await get(`${origin}/api/auth/providers`).catch(() => ({}));
  const offered = Object.keys(json ?? {});
  yield offered.length > 0
    ? good('providers', `People can sign in with: ${offered.join(', ')}`)
    : bad(
        'providers',
        'There is no way to sign in.',
        `Ask the administrator for a provider, and for ${origin}/api/auth/callback/<provider> among the redirect URIs.`,
      );
}

function* names(origin, { secure, prefix }, env, authJs) {
  const named = cookieNames(secure, prefix).sessionToken;
  const clientId = env.AUTH_KEYCLOAK_ID;
  const wanted = env.AUTH_URL === undefined ? origin : originsFrom(env)[0];
  if (secure !== isHttps(wanted)) {
    yield bad('AUTH_URL', `The cookie is ${named}, but AUTH_URL begins with ${new URL(wanted).protocol}//.`, `Set AUTH_URL=${origin}`);
    return;
  }
  if (prefix !== '' && clientId && prefix !== applicationPrefix(clientId)) {
    yield bad('AUTH_KEYCLOAK_ID', `AUTH_KEYCLOAK_ID is ${clientId}, but this origin's cookie is ${named}.`, `Set AUTH_KEYCLOAK_ID to the client that has ${origin}.`);
    return;
  }
  if (!authJs) {
    yield good('cookie', `The session's cookie is ${named}, which auth() finds`);
    return;
  }
  if (prefix !== '' && (env.AUTH_SHARED_HOST !== 'true' || !clientId)) {
    yield bad(
      'AUTH_SHARED_HOST',
      `Another client uses this host name on another port, so the session's cookie is ${named}. Auth.js does not find it.`,
      'Set AUTH_SHARED_HOST=true, and AUTH_KEYCLOAK_ID to your client id.',
    );
    return;
  }
  if (prefix === '' && env.AUTH_SHARED_HOST === 'true') {
    yield bad(
      'AUTH_SHARED_HOST',
      `No other client uses this host name, so the session's cookie is ${named}. Auth.js does not find it.`,
      'Remove AUTH_SHARED_HOST.',
    );
    return;
  }
  yield good('cookie', `Auth.js looks for the right cookie, ${named}`);
}

/** The facade's hash is over the token and the application's newest secret. Auth.js takes all of them, joined by commas. */
function* secret({ csrf, prefix }, env) {
  const secrets = secretsFrom(env);
  if (secrets.length === 0) {
    yield open('AUTH_SECRET', 'AUTH_SECRET is not set. auth() on a server needs it, pages do not');
    return;
  }
  const [token, hash] = csrf.split('|');
  const made = (value) => createHash('sha256').update(token + value).digest('hex') === hash;
  if (made(secrets.join(',')) || secrets.some(made)) {
    yield good('AUTH_SECRET', 'AUTH_SECRET opens the cookies');
    return;
  }
  const clientIds = [env.AUTH_KEYCLOAK_ID, clientIn(prefix)].filter(Boolean);
  if (secrets.some((master) => clientIds.some((clientId) => made(derived(master, clientId))))) {
    yield bad(
      'AUTH_SECRET',
      "AUTH_SECRET is the facade's own. With it, this application could forge everybody's sessions in all others.",
      'Set it to what "secret <client id>" of the facade prints.',
    );
    return;
  }
  yield bad(
    'AUTH_SECRET',
    'AUTH_SECRET does not open the cookies.',
    'Set it to what "secret <client id>" of the facade prints. The demo has another one at each start. While the facade ' +
      'changes its secret, you need two: AUTH_SECRET_1 and AUTH_SECRET.',
  );
}

/** The client id in a cookie's name. */
function clientIn(prefix) {
  return prefix.replace(/\.$/, '').replace(/!([0-9a-f]{1,6})!/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** The application's secret, which the facade derives from its own. */
function derived(master, clientId) {
  const info = `multi-client-auth application secret (${clientId})`;
  return Buffer.from(hkdfSync('sha256', master, '', info, 32)).toString('base64url');
}

/** What a cookie that the developer has copied from the browser says. */
async function* pasted(header, { secure, prefix }, env) {
  if (header === undefined) {
    return;
  }
  const cookies = parseCookies(header.replace(/^cookie:\s*/i, ''));
  const secrets = secretsFrom(env);
  const names = ['', prefix].map((each) => cookieNames(secure, each).sessionToken);
  const found = cookies.map(({ name }) => name.replace(/\.\d+$/, '')).filter((name) => name.endsWith('authjs.session-token'));
  if (found.length === 0) {
    yield bad('session', 'There is no session cookie in what you pasted: nobody is signed in.', `Sign in, and copy the cookie ${names.at(-1)}.`);
    return;
  }
  for (const cookieName of new Set(names)) {
    for (const token of candidates(cookies, cookieName)) {
      const claims = await openSessionToken(token, { secrets, cookieName });
      if (claims === null) {
        continue;
      }
      const clientId = env.AUTH_KEYCLOAK_ID;
      yield clientId && claims.clientId !== clientId
        ? bad('session', `The cookie is a session of ${claims.clientId}, not of ${clientId}.`, 'Correct AUTH_KEYCLOAK_ID.')
        : good('session', `The cookie is a session of ${claims.clientId}, through ${claims.provider ?? 'Keycloak'}`);
      return;
    }
  }
  yield bad(
    'session',
    `${found[0]} does not open.`,
    names.includes(found[0])
      ? 'It has ended, or was made with another secret: sign out, sign in, and paste the new one.'
      : `This origin's cookie is ${names.at(-1)}.`,
  );
}

/** `mode: 'ask'` and middleware ask the facade at its own address, and name the application's origin in forwarded headers. */
async function* facadeAddress(origin, env) {
  if (!env.AUTH_FACADE_URL) {
    return;
  }
  try {
    const facade = webUrl(env.AUTH_FACADE_URL, 'AUTH_FACADE_URL').origin;
    const { host, protocol } = new URL(origin);
    const answer = await get(`${facade}/api/auth/csrf`, {
      'x-forwarded-host': host,
      'x-forwarded-proto': protocol.slice(0, -1),
    });
    yield facade === origin || originSeen(answer) === origin
      ? good('AUTH_FACADE_URL', 'Your server can ask the facade at AUTH_FACADE_URL')
      : bad(
          'AUTH_FACADE_URL',
          `The facade at ${facade} ignores the forwarded headers of this machine.`,
          "Your server needs them for mode: 'ask' and for middleware. Name its address in the facade's QUARKUS_HTTP_PROXY_TRUSTED_PROXIES.",
        );
  } catch (error) {
    yield bad('AUTH_FACADE_URL', `Nothing answers at AUTH_FACADE_URL (${error.code ?? error.message}).`, 'Correct it, or start the facade.');
  }
}

/** One request, without following redirects. Not `fetch`, which may not set Host. */
function get(address, headers = {}) {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    (url.protocol === 'https:' ? https : http)
      .get(url, { headers: { accept: 'application/json', ...headers }, timeout: LIMIT_MILLIS, agent: false }, (response) => {
        const chunks = [];
        response
          .on('data', (chunk) => chunks.push(chunk))
          .on('error', reject)
          .on('end', () => resolve(read(response, Buffer.concat(chunks).toString())));
      })
      .on('timeout', function () {
        this.destroy(Object.assign(new Error(`no answer within ${LIMIT_MILLIS / 1000} s`), { code: TIMEOUT }));
      })
      .on('error', reject);
  });
}

function read({ statusCode: status, headers }, text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    // Stays undefined.
  }
  return { status, headers, json, cookies: (headers['set-cookie'] ?? []).flatMap((cookie) => parseCookies(cookie.split(';')[0])) };
}
