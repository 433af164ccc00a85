import Link from "next/link";
import { auth, signIn, signOut } from "@/auth";
import { BrowserSession } from "./browser-session";
import { Person } from "./person";

const PROVIDERS = { github: "GitHub", google: "Google", facebook: "Facebook", linkedin: "LinkedIn", auth0: "Auth0" };

export default async function Page() {
  const session = await auth();
  if (!session) {
    return (
      <>
        <h1>Portfolio</h1>
        <p>You are not signed in.</p>
        <ul className="providers">
          {Object.entries(PROVIDERS).map(([id, name]) => (
            <li key={id}>
              <form
                action={async () => {
                  "use server";
                  await signIn(id, { redirectTo: "/dashboard" });
                }}
              >
                <button>Sign in with {name}</button>
              </form>
            </li>
          ))}
        </ul>
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
        <form
          action={async () => {
            "use server";
            await signOut({ redirectTo: "/" });
          }}
        >
          <button>Sign out</button>
        </form>
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
