/**
 * An application's server behind the facade, which reads sessions with the packages that it has: the cookie, and its own
 * AUTH_SECRET. It is where AUTH_URL says; that requests come here by another port is what a proxy would hide.
 */
import { decode, encode, getToken } from "@auth/core/jwt";
import { getSession } from "@auth/express";
import express from "express";
import NextAuth from "next-auth";
import { NextRequest } from "next/server";

const COOKIE = "authjs.session-token";
const secret = process.env.AUTH_SECRET;
const config = { providers: [], trustHost: true };

const { auth } = NextAuth({ ...config });

/** More claims than one cookie can hold. */
const { auth: authWithManyClaims } = NextAuth({
  ...config,
  callbacks: { jwt: ({ token }) => ({ ...token, padding: "x".repeat(4000) }) },
});

const application = express();
application.get("/ready", (request, response) => response.json("ready"));

/** `@auth/express`, configured with nothing. */
application.get("/express", async (request, response) => {
  response.json(await getSession(request, { ...config }));
});

/** `auth(req, res)` of `next-auth` 5, as in API routes. */
application.get("/next-auth", async (request, response) => {
  response.json(await auth(request, response));
});

/** `auth(…)` of `next-auth` 5 around middleware. */
application.get("/middleware", (request, response) => middleware(auth, request, response));
application.get("/middleware/many-claims", (request, response) => middleware(authWithManyClaims, request, response));

/** `@auth/core/jwt`: what the cookie holds. */
application.get("/claims", async (request, response) => {
  response.json(await claims(request));
});

/** `@auth/core/jwt`: the same claims in a new token, with a new `iat`, `exp` and `jti`, that ends after `maxAge` seconds. */
application.get("/sealed-again", async (request, response) => {
  const { iat, exp, jti, ...token } = await claims(request);
  response.json(await encode({ token, secret, salt: COOKIE, maxAge: Number(request.query.maxAge) }));
});

async function claims({ headers }) {
  const req = { headers: new Headers({ cookie: headers.cookie ?? "" }) };
  const token = await getToken({ req, secret, cookieName: COOKIE, salt: COOKIE, raw: true });
  return token && decode({ token, secret, salt: COOKIE });
}

async function middleware(auth, request, response) {
  const decide = auth((nextRequest) =>
    nextRequest.auth
      ? Response.json(nextRequest.auth)
      : Response.redirect(new URL("/api/auth/signin", nextRequest.nextUrl.origin)),
  );
  const answer = await decide(
    new NextRequest(new URL(request.url, process.env.AUTH_URL), { headers: request.headers }),
    {},
  );
  response.status(answer.status);
  answer.headers.forEach((value, name) => name !== "set-cookie" && response.setHeader(name, value));
  answer.headers.getSetCookie().forEach((cookie) => response.appendHeader("Set-Cookie", cookie));
  response.send(await answer.text());
}

application.listen(Number(process.env.PORT), "127.0.0.1");
