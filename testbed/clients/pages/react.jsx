import { useEffect } from "react";
import { createRoot } from "react-dom/client";

/**
 * What an application's page does with either major version of next-auth: shows what useSession() says, as data. The
 * tests call the package's functions as `client.signIn(…)`, and `client.update(…)` of the hook.
 */
export function show(nextAuth) {
  const { SessionProvider, useSession } = nextAuth;
  window.client = { ...nextAuth };

  function Session() {
    const { status, data, update } = useSession({ required: location.search === "?required" });
    useEffect(() => {
      window.client.update = update;
    });
    return (
      <>
        <p id="status">{status}</p>
        <pre id="session">{JSON.stringify(data)}</pre>
      </>
    );
  }

  // Without the refetch on focus, only a message can tell one tab what happened in another.
  createRoot(document.getElementById("root")).render(
    <SessionProvider refetchOnWindowFocus={false}>
      <Session />
    </SessionProvider>,
  );
}
