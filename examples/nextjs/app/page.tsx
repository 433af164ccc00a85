import Link from "next/link";
import { auth } from "@/auth";
import { BrowserSession, SignInButtons, SignOutButton } from "./buttons";
import { Person } from "./person";

export default async function Page() {
  const session = await auth();
  if (!session) {
    return (
      <>
        <h1>Portfolio</h1>
        <p>You are not signed in.</p>
        <SignInButtons />
      </>
    );
  }
  return (
    <>
      <h1>Portfolio</h1>
      <Person user={session.user} />
      <div className="actions">
        <Link className="button plain" href="/dashboard" prefetch={false}>
          Dashboard
        </Link>
        <SignOutButton />
      </div>
      <h2 id="server">What the server sees</h2>
      <pre role="region" aria-labelledby="server" data-testid="server-session">
        {JSON.stringify(session, null, 2)}
      </pre>
      <h2 id="browser">What the browser sees</h2>
      <BrowserSession />
    </>
  );
}
