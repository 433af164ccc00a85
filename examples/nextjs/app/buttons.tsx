"use client";

import { useEffect, useState } from "react";
import { AuthClientError, getSession, signIn, signOut } from "@/lib/auth-client";

const PROVIDERS = { github: "GitHub", google: "Google", facebook: "Facebook", linkedin: "LinkedIn", auth0: "Auth0" };

export function SignInButtons() {
  const [busy, trouble, attempt] = useAttempt();
  return (
    <>
      <ul className="providers">
        {Object.entries(PROVIDERS).map(([id, name]) => (
          <li key={id}>
            <button type="button" disabled={busy} onClick={() => attempt(() => signIn(id, { redirectTo: "/dashboard" }))}>
              Sign in with {name}
            </button>
          </li>
        ))}
      </ul>
      <Trouble message={trouble} />
    </>
  );
}

export function SignOutButton() {
  const [busy, trouble, attempt] = useAttempt();
  return (
    <>
      <button type="button" disabled={busy} onClick={() => attempt(() => signOut({ redirectTo: "/" }))}>
        Sign out
      </button>
      <Trouble message={trouble} />
    </>
  );
}

export function BrowserSession() {
  const [text, setText] = useState("…");
  useEffect(() => {
    getSession().then(
      (session) => setText(JSON.stringify(session, null, 2)),
      (error: AuthClientError) => setText(`${error.code}: ${error.message}`),
    );
  }, []);
  return (
    <pre role="region" aria-labelledby="browser" aria-live="polite" data-testid="browser-session">
      {text}
    </pre>
  );
}

function Trouble({ message }: { message: string }) {
  return message && <p role="alert">{message}</p>;
}

/** Runs an action that leaves the page when it succeeds, and shows a message when it fails. */
function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const attempt = async (action: () => Promise<unknown>) => {
    setBusy(true);
    setTrouble("");
    try {
      await action();
    } catch (error) {
      setTrouble(error instanceof AuthClientError ? error.message : "That did not work. Please try again.");
      setBusy(false);
    }
  };
  return [busy, trouble, attempt] as const;
}
