import { createAuth } from "multi-client-auth/next";

// Asks the facade, which knows who has signed out. So a stolen copy of the cookie stops working at sign-out.
const auth = createAuth({ mode: process.env.AUTH_FACADE_URL ? "ask" : "decode" });

export const dynamic = "force-dynamic";

export const GET = auth((request) =>
  request.auth ? Response.json(request.auth.user) : Response.json({ message: "Please sign in." }, { status: 401 }),
);
