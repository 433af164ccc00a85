/**
 * Who is signed in, for a whole page: one question to the facade, however many components want to know. Asks again when the
 * tab is looked at, when the browser is online again, when the session ends, and when another tab signs in or out.
 *
 * On a server it never asks and keeps nothing, because the requests of all users share its modules.
 */
import { getSession } from './client.js';

const LOADING = { data: null, status: 'loading', error: undefined };

/** In milliseconds. */
const AGAIN_AFTER_ERROR = 30_000;
const LONGEST_TIMER = 2 ** 31 - 1;
const SAME_MOMENT = 1000;

const listeners = new Set();
let state = LOADING;
let turn = 0;
let asked = 0;
let stop;

/** The state for a session that the server has given, or for `null`; `undefined` is unknown yet. */
export function stateOf(session) {
  return session === undefined ? LOADING : { data: session, status: session ? 'authenticated' : 'unauthenticated', error: undefined };
}

/** The state of this page; `first` before the facade has answered. */
export function current(first = LOADING) {
  return isServer() || state === LOADING ? first : state;
}

/** Asks the facade now. */
export async function refresh() {
  if (isServer()) {
    return state;
  }
  asked = Date.now();
  const mine = ++turn;
  let next;
  try {
    next = stateOf(await getSession());
  } catch (error) {
    // Unknown is not signed out: what was known stays.
    next = { ...state, error };
  }
  // An earlier answer may be from before a sign-out.
  if (mine === turn) {
    set(next);
  }
  return state;
}

/**
 * Calls `listener(now, before)` after each change, until the function that it returns is called.
 *
 * @param first the state to begin with, of `stateOf`
 */
export function subscribe(listener, first = LOADING) {
  if (isServer()) {
    return () => {};
  }
  const own = (now, before) => listener(now, before);
  stop ??= start();
  if (state === LOADING && first !== LOADING) {
    set(first);
  }
  listeners.add(own);
  return () => {
    listeners.delete(own);
    if (listeners.size === 0) {
      stop?.();
      stop = undefined;
    }
  };
}

/** Calls `listener(session, before)` when another person is signed in than before, or nobody any more. */
export function onSessionChange(listener) {
  return subscribe((now, before) => {
    if (before.status !== 'loading' && person(now) !== person(before)) {
      listener(now.data, before.data);
    }
  });
}

const isServer = () => typeof document === 'undefined';

let channel;
let timer;

function start() {
  const listening = new AbortController();
  const look = () => {
    if (document.visibilityState !== 'hidden' && Date.now() - asked > SAME_MOMENT) {
      refresh();
    }
  };
  for (const event of ['focus', 'online', 'pageshow']) {
    window.addEventListener(event, look, listening);
  }
  document.addEventListener('visibilitychange', look, listening);
  if (typeof BroadcastChannel === 'function') {
    channel = new BroadcastChannel('multi-client-auth');
    channel.onmessage = ({ data }) => {
      if (data !== person(state)) {
        refresh();
      }
    };
  }
  refresh();
  return () => {
    listening.abort();
    channel?.close();
    channel = undefined;
    clearTimeout(timer);
  };
}

function set(next) {
  const before = state;
  const isNew = next.error !== before.error || JSON.stringify(next) !== JSON.stringify(before);
  state = isNew ? next : before;
  schedule();
  if (isNew) {
    if (person(next) !== person(before)) {
      channel?.postMessage(person(next));
    }
    listeners.forEach((listener) => listener(next, before));
  }
}

function schedule() {
  clearTimeout(timer);
  const left = Date.parse(state.data?.expires) - Date.now();
  // In the past where the clocks differ.
  const after = state.error || left <= 0 ? AGAIN_AFTER_ERROR : left + SAME_MOMENT;
  if (stop && after) {
    timer = setTimeout(refresh, Math.min(after, LONGEST_TIMER));
  }
}

/** `undefined` if unknown, `null` if nobody is signed in. */
const person = ({ status, data }) => (status === 'loading' ? undefined : (data?.user.id ?? null));
