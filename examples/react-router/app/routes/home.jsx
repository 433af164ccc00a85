import { signIn, signOut } from 'multi-client-auth/client';
import { useSession } from 'multi-client-auth/react';
import { auth } from 'multi-client-auth/server';

export async function loader({ request }) {
  return { session: await auth(request) };
}

export default function Home({ loaderData }) {
  // Begins with what the server knows, and notices when somebody signs out in another tab.
  const { data: session } = useSession(loaderData.session);
  return session ? (
    <>
      <p>Hello, {session.user.name}</p>
      <button onClick={() => signOut()}>Sign out</button>
    </>
  ) : (
    <button onClick={() => signIn('github')}>Sign in with GitHub</button>
  );
}
