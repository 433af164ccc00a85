import { createAuth } from "multi-client-auth/next";

// Asks the facade, which knows who has signed out; a copy of a cookie is worth nothing here after that.
const auth = createAuth({ mode: process.env.AUTH_FACADE_URL ? "ask" : "decode" });

export const dynamic = "force-dynamic";

export const GET = auth((request) =>
  request.auth ? Response.json(request.auth.user) : Response.json({ message: "Please sign in." }, { status: 401 }),
);
