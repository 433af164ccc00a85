"use client";

import { useEffect, useState } from "react";
import { type AuthClientError, getSession } from "multi-client-auth/client";

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
