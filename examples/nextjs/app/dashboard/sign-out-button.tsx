"use client";

import { signOut } from "multi-client-auth/client";

/** Signs out from the browser. app/page.tsx does it on the server. */
export function SignOutButton() {
  return <button onClick={() => signOut({ redirectTo: "/" })}>Sign out</button>;
}
