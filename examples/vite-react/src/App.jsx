import { signIn, signOut } from 'multi-client-auth/client';
import { useSession } from 'multi-client-auth/react';

export function App() {
  const { data: session, status } = useSession();

  if (status === 'loading') {
    return <p>Loading …</p>;
  }
  return session ? (
    <>
      <p>Hello, {session.user.name}</p>
      <button onClick={() => signOut()}>Sign out</button>
    </>
  ) : (
    <button onClick={() => signIn('github')}>Sign in with GitHub</button>
  );
}
