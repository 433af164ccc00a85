import assert from 'node:assert/strict';
import { register } from 'node:module';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ada, closePage, openPage, settle } from './page.js';

const fakes = {
  react: new URL('fake/react.js', import.meta.url).href,
  vue: new URL('fake/vue.js', import.meta.url).href,
  '@angular/core': new URL('fake/angular.js', import.meta.url).href,
};
const resolve = `export const resolve = (name, context, next) =>
  name in fakes ? { url: fakes[name], shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(`const fakes = ${JSON.stringify(fakes)};${resolve}`)}`);

const { mount } = await import('react');
const { scope } = await import('vue');
const { ends } = await import('@angular/core');
const react = await import('../src/react.js');
const vue = await import('../src/vue.js');
const svelte = await import('../src/svelte.js');
const angular = await import('../src/angular.js');

/** How each framework's component reads the session: `read()` is what it shows now. */
const COMPONENTS = {
  react(initial) {
    const component = mount(() => react.useSession(initial));
    return { read: () => component.results.at(-1), first: component.results[0], end: component.unmount };
  },
  vue(initial) {
    const [refs, end] = scope(() => vue.useSession(initial));
    const read = () => ({ data: refs.data.value, status: refs.status.value, error: refs.error.value, update: refs.update });
    return { read, first: read(), end };
  },
  svelte(initial) {
    const store = initial === undefined ? svelte.session : svelte.sessionStore(initial);
    const seen = [];
    const end = store.subscribe((state) => seen.push(state));
    return { read: () => ({ ...seen.at(-1), update: store.update }), first: seen[0], end };
  },
  angular(initial) {
    const session = angular.injectSession(initial);
    return { read: () => ({ ...session(), update: angular.refresh }), first: session(), end: () => ends.pop()() };
  },
};

/** All frameworks share the page's state, which is of the tests before. */
const forget = async (page) => {
  page.session = null;
  const component = COMPONENTS.svelte();
  await settle();
  component.end();
};

for (const [name, open] of Object.entries(COMPONENTS)) {
  describe(name, () => {
    let page;
    let component;
    beforeEach(() => {
      page = openPage();
    });
    afterEach(() => {
      component.end();
      closePage();
    });

    test('shows who is signed in, and what changes', async () => {
      await forget(page);
      component = open();
      page.session = ada;
      assert.equal((await component.read().update()).status, 'authenticated');
      assert.equal(component.read().status, 'authenticated');
      assert.deepEqual(component.read().data, ada);
      page.session = null;
      await component.read().update();
      assert.equal(component.read().status, 'unauthenticated');
      assert.equal(component.read().data, null);
    });

    test('shows an error beside what was known', async () => {
      page.session = ada;
      component = open();
      await settle();
      page.session = new TypeError('fetch failed');
      await component.read().update();
      const { status, data, error } = component.read();
      assert.deepEqual([status, data, error.code], ['authenticated', ada, 'unreachable']);
    });

    test('asks nothing any more when its last component is gone', async () => {
      component = open();
      await settle();
      component.end();
      const before = page.requests;
      page.session = ada;
      window.dispatchEvent(new Event('focus'));
      await settle();
      assert.equal(page.requests, before);
      component = open();
    });

    test('begins on a server with the session that it is given', () => {
      closePage();
      component = open(ada);
      assert.deepEqual([component.first.status, component.first.data], ['authenticated', ada]);
      component.end();
      component = open(null);
      assert.equal(component.first.status, 'unauthenticated');
      page = openPage();
    });
  });
}
