import { redirect } from '@sveltejs/kit';
import { signIn, signOut } from 'multi-client-auth/server';

export const load = ({ locals }) => ({ session: locals.session });

/** Sends the browser on, with the facade's cookies. */
function go({ url, cookies }, event) {
  cookies.forEach(({ name, value, options }) => event.cookies.set(name, value, options));
  redirect(303, url);
}

export const actions = {
  signIn: async (event) => go(await signIn(event.request, 'github'), event),
  signOut: async (event) => go(await signOut(event.request), event),
};
