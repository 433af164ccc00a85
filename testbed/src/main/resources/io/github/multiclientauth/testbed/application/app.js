// What any front end does with Auth.js' endpoints, without a library.
const element = (id) => document.getElementById(id);

function show(session) {
  element('signed-in').hidden = session === null;
  element('signed-out').hidden = session !== null;
  if (session !== null) {
    const { name, email, image } = session.user;
    // textContent and setAttribute only: names are written by their owners.
    element('name').textContent = name ?? '(no name)';
    element('email').textContent = email ?? '';
    element('picture').hidden = !image;
    if (image) {
      element('picture').setAttribute('src', image);
      element('picture').setAttribute('alt', `Picture of ${name ?? 'you'}`);
    }
    element('session').textContent = JSON.stringify(session, null, 2);
  }
}

async function json(path, options) {
  const response = await fetch(`/api/auth/${path}`, options);
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}`);
  }
  return response.json();
}

/** Runs something that asks the facade, and says so on the page when it fails. */
async function attempt(action) {
  element('trouble').hidden = true;
  document.querySelector('main').setAttribute('aria-busy', 'true');
  try {
    await action();
  } catch (error) {
    element('trouble').textContent = `That did not work: ${error.message}. Please try again.`;
    element('trouble').hidden = false;
  } finally {
    document.querySelector('main').setAttribute('aria-busy', 'false');
  }
}

async function signOut() {
  const { csrfToken } = await json('csrf');
  const { url } = await json('signout', {
    method: 'POST',
    headers: { 'X-Auth-Return-Redirect': '1' },
    body: new URLSearchParams({ csrfToken, callbackUrl: '/' }),
  });
  window.location.assign(url);
}

async function reread() {
  const { csrfToken } = await json('csrf');
  show(
    await json('session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ csrfToken, data: {} }),
    }),
  );
}

async function callApi() {
  // No token: the browser sends the session's cookie, as to any other address of this application.
  const response = await fetch('/api/me');
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`the API answered ${response.status}: ${answer.message}`);
  }
  element('api').textContent = JSON.stringify(answer, null, 2);
  element('api').hidden = false;
}

element('call-api')?.addEventListener('click', () => attempt(callApi));
element('sign-out').addEventListener('click', () => attempt(signOut));
element('reread').addEventListener('click', () => attempt(reread));
attempt(async () => show(await json('session')));
