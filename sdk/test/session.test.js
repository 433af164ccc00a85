import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { AuthClientError, signOut } from '../src/client.js';
import { ada, closePage, copyOf, openPage, settle } from './page.js';

const grace = { ...ada, user: { ...ada.user, id: 'grace' } };
const minutes = (count) => new Date(Date.now() + count * 60_000).toISOString();

let page;
let open;
beforeEach(() => {
  page = openPage();
  open = [];
});
afterEach(() => {
  open.forEach((end) => end());
  closePage();
});

/** A tab of the browser that follows the session: what it has seen, in order. */
async function tab(first) {
  const store = await copyOf('session');
  const seen = [];
  const changes = [];
  open.push(
    store.subscribe(({ status, data, error }) => seen.push(error?.code ?? data?.user.id ?? status), first && store.stateOf(first)),
    store.onSessionChange((session, before) => changes.push([before?.user.id, session?.user.id])),
  );
  await settle();
  return { ...store, seen, changes };
}

/** What a browser does: time passes, or somebody looks at the tab. */
const later = async (milliseconds) => {
  mock.timers.tick(milliseconds);
  await settle();
};
const happens = async (target, event) => {
  mock.timers.tick(2000);
  target.dispatchEvent(new Event(event));
  await settle();
};

test('is loading at first, then what the facade says', async () => {
  const store = await copyOf('session');
  assert.deepEqual(store.current(), { data: null, status: 'loading', error: undefined });
  page.session = ada;
  const { current, seen } = await tab();
  assert.deepEqual(seen, ['ada']);
  assert.deepEqual(current(), { data: ada, status: 'authenticated', error: undefined });
});

test('is unauthenticated if nobody is signed in', async () => {
  const { current } = await tab();
  assert.deepEqual(current(), { data: null, status: 'unauthenticated', error: undefined });
});

test('asks once for all that subscribe', async () => {
  const { subscribe } = await tab();
  open.push(...[1, 2, 3].map(() => subscribe(() => {})));
  await settle();
  assert.equal(page.requests, 1);
});

test('asks nothing before anybody subscribes, and nothing after the last one has left', async () => {
  const store = await copyOf('session');
  await happens(window, 'focus');
  assert.equal(page.requests, 0);
  const [one, two] = [store.subscribe(() => {}), store.subscribe(() => {})];
  one();
  one();
  await happens(window, 'focus');
  const before = page.requests;
  assert.ok(before > 0);
  two();
  await happens(window, 'focus');
  await later(3_600_000);
  assert.equal(page.requests, before);
});

test('begins with the session that the server has given, and asks whether it is still right', async () => {
  page.session = ada;
  const { seen, current } = await tab(ada);
  assert.deepEqual(seen, []);
  assert.equal(current().status, 'authenticated');
  assert.equal(page.requests, 1);
  page.session = null;
  const other = await tab(ada);
  assert.deepEqual(other.seen, ['unauthenticated']);
  assert.deepEqual(other.changes, [['ada', undefined]]);
});

describe('asks again', () => {
  for (const [what, target, event] of [
    ['when the window gets the focus', () => window, 'focus'],
    ['when the tab is looked at', () => document, 'visibilitychange'],
    ['when the browser is online again', () => window, 'online'],
    ['when the page comes back from the history', () => window, 'pageshow'],
  ]) {
    test(what, async () => {
      const { seen } = await tab();
      page.session = ada;
      await happens(target(), event);
      assert.deepEqual(seen, ['unauthenticated', 'ada']);
    });
  }

  test('once for several events of one moment, and never for a tab that nobody sees', async () => {
    await tab();
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('focus'));
    await settle();
    assert.equal(page.requests, 1);
    document.visibilityState = 'hidden';
    await happens(document, 'visibilitychange');
    assert.equal(page.requests, 1);
  });

  test('when the session ends', async () => {
    page.session = { ...ada, expires: minutes(10) };
    const { seen, changes } = await tab();
    page.session = null;
    await later(9.9 * 60_000);
    assert.deepEqual(seen, ['ada']);
    await later(0.2 * 60_000);
    assert.deepEqual(seen, ['ada', 'unauthenticated']);
    assert.deepEqual(changes, [['ada', undefined]]);
  });

  test('not all the time where the clocks differ', async () => {
    page.session = { ...ada, expires: minutes(-600) };
    await tab();
    await later(25_000);
    assert.equal(page.requests, 1);
  });

  test('not at once for a session of years', async () => {
    page.session = ada;
    await tab();
    await later(3_600_000);
    assert.equal(page.requests, 1);
  });
});

describe('a failure', () => {
  test('is an error, and the user stays signed in', async () => {
    page.session = ada;
    const { current, changes } = await tab();
    page.session = new TypeError('fetch failed');
    await happens(window, 'focus');
    assert.equal(current().status, 'authenticated');
    assert.equal(current().data.user.id, 'ada');
    assert.ok(current().error instanceof AuthClientError);
    assert.equal(current().error.code, 'unreachable');
    assert.deepEqual(changes, []);
  });

  test('at first leaves unknown who is signed in', async () => {
    page.session = new Response('', { status: 502 });
    const { current } = await tab();
    assert.equal(current().status, 'loading');
    assert.equal(current().error.code, 'unavailable');
  });

  test('is tried again, and forgotten when the facade answers', async () => {
    page.session = new TypeError('fetch failed');
    const { current, seen } = await tab();
    page.session = ada;
    await later(31_000);
    assert.deepEqual(seen, ['unreachable', 'ada']);
    assert.equal(current().error, undefined);
  });

  test('is no reason for update to reject', async () => {
    const { refresh } = await tab();
    page.session = new TypeError('fetch failed');
    assert.equal((await refresh()).error.code, 'unreachable');
  });
});

test('tells no change that is none', async () => {
  page.session = ada;
  const { seen } = await tab();
  await happens(window, 'focus');
  await happens(window, 'focus');
  assert.equal(page.requests, 3);
  assert.deepEqual(seen, ['ada']);
});

test('an answer from before a sign-out does not count', async () => {
  page.session = ada;
  const { refresh, seen } = await tab();
  let answer;
  page.delay = new Promise((done) => {
    answer = done;
  });
  const slow = refresh();
  page.delay = undefined;
  page.session = null;
  await refresh();
  answer();
  await slow;
  await settle();
  assert.deepEqual(seen, ['ada', 'unauthenticated']);
});

describe('another tab', () => {
  test('sees a sign-in, a sign-out and another person at once', async () => {
    const one = await tab();
    page.session = ada;
    const two = await tab();
    await settle();
    assert.deepEqual(one.seen, ['unauthenticated', 'ada']);
    page.session = grace;
    await two.refresh();
    await settle();
    page.session = null;
    await one.refresh();
    await settle();
    assert.deepEqual(one.seen, ['unauthenticated', 'ada', 'grace', 'unauthenticated']);
    assert.deepEqual(two.seen, ['ada', 'grace', 'unauthenticated']);
    assert.deepEqual(one.changes, [
      [undefined, 'ada'],
      ['ada', 'grace'],
      ['grace', undefined],
    ]);
  });

  test('does not keep the tabs asking each other', async () => {
    page.session = ada;
    await Promise.all([tab(), tab(), tab()]);
    await settle();
    assert.ok(page.requests <= 5, `${page.requests} requests`);
  });

  test('sees signOut of a page that follows no session', async () => {
    page.session = ada;
    const { seen } = await tab();
    await signOut({ redirect: false });
    await settle();
    assert.deepEqual(seen, ['ada', 'unauthenticated']);
  });

  test('is told who, and no more', async () => {
    const heard = [];
    const channel = new BroadcastChannel('multi-client-auth');
    channel.onmessage = ({ data }) => heard.push(data);
    open.push(() => channel.close());
    page.session = ada;
    await tab();
    await settle();
    assert.deepEqual(heard, ['ada']);
  });
});

describe('on a server', () => {
  beforeEach(() => {
    delete globalThis.window;
    delete globalThis.document;
  });

  test('asks nothing and keeps nothing', async () => {
    const { subscribe, refresh, current, stateOf } = await copyOf('session');
    subscribe(() => assert.fail(), stateOf(ada))();
    await refresh();
    await settle();
    assert.equal(page.requests, 0);
    assert.equal(current().status, 'loading');
    assert.equal(current(stateOf(ada)).data, ada);
  });
});
