import { auth } from 'multi-client-auth/server';

export async function handle({ event, resolve }) {
  event.locals.session = await auth(event.request);
  return resolve(event);
}
