import * as client from "multi-client-auth/client";
import { useSession } from "multi-client-auth/react";
import { createRoot } from "react-dom/client";

window.client = client;

function Session() {
  const { status, data, error } = useSession();
  return (
    <>
      <p id="status">{status}</p>
      <pre id="session">{JSON.stringify(data)}</pre>
      <p id="error">{error?.code}</p>
    </>
  );
}

createRoot(document.getElementById("root")).render(<Session />);
