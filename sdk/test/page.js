// A page of a browser, as far as the client needs one: events, a facade that answers, and a clock for timers.
import { mock } from 'node:test';

export const ada = { user: { id: 'ada', clientId: 'portfolio', emailVerified: true }, expires: '2100-01-01T00:00:00.000Z' };

/** Makes the page. The facade answers what `page.session` is: a session, `null`, or an error to throw. */
export function openPage() {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.parse('2026-01-01T00:00:00.000Z') });
  const page = { session: null, requests: 0 };
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  globalThis.location = { href: 'https://portfolio.example.com/', origin: 'https://portfolio.example.com', assign() {}, reload() {} };
  globalThis.fetch = async (address) => {
    if (address.endsWith('/csrf')) {
      return Response.json({ csrfToken: 'token' });
    }
    if (address.endsWith('/signout')) {
      page.session = null;
      return Response.json({ url: 'https://portfolio.example.com/' });
    }
    page.requests++;
    const { session } = page;
    await page.delay;
    if (session instanceof Error) {
      throw session;
    }
    return session instanceof Response ? session.clone() : Response.json(session);
  };
  return page;
}

export function closePage() {
  mock.timers.reset();
  for (const name of ['window', 'document', 'location', 'fetch']) {
    delete globalThis[name];
  }
}

/** Lets everything happen that has been started; messages between tabs take turns of the event loop. */
export async function settle() {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((done) => setImmediate(done));
  }
}

let copies = 0;

/** A copy of a module, as another tab or another process has it. */
export const copyOf = (module) => import(`../src/${module}.js?copy=${++copies}`);
