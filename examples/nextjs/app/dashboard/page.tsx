import Link from "next/link";
import { auth } from "@/auth";
import { SignOutButton } from "./sign-out-button";

/** Only people who are signed in get here: see middleware.ts. */
export default async function Dashboard() {
  const session = await auth();
  return (
    <>
      <h1>Dashboard</h1>
      <p>
        Hello, {session?.user.name ?? "(no name)"}. You signed in with {session?.user.provider} through{" "}
        {session?.user.clientId}.
      </p>
      <div className="actions">
        <Link className="button plain" href="/">
          Back to the portfolio
        </Link>
        <SignOutButton />
      </div>
    </>
  );
}
