import { createAuth } from "multi-client-auth/next";

// Asks the facade, which knows who has signed out. So a stolen copy of the cookie stops working at sign-out.
const { auth } = createAuth({ mode: "ask" });

export const GET = auth((request) =>
  request.auth ? Response.json(request.auth.user) : Response.json({ message: "Please sign in." }, { status: 401 }),
);
