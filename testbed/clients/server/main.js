/**
 * An application's server behind the facade, which reads sessions with the packages that it has: the cookie, and its own
 * AUTH_SECRET. It is where AUTH_URL says; that requests come here by another port is what a proxy would hide.
 */
import { decode, encode, getToken } from "@auth/core/jwt";
import { getSession } from "@auth/express";
import express from "express";
import NextAuth from "next-auth";
import { getServerSession } from "next-auth-4/next";
import { getToken as getTokenOfVersion4 } from "next-auth-4/jwt";
import { withAuth } from "next-auth-4/middleware";
import { NextRequest } from "next/server";
import { createAuthConfig } from "../../../sdk/src/config.js";
import { authOptions, tokenOptions } from "../../../sdk/src/next-auth-4.js";
import { proxy, signIn, signOut } from "../../../sdk/src/server.js";

const COOKIE = "authjs.session-token";
const secret = process.env.AUTH_SECRET;
const config = { providers: [], trustHost: true };

const { auth } = NextAuth({ ...config });

/** More claims than one cookie can hold. */
const { auth: authWithManyClaims } = NextAuth({
  ...config,
  callbacks: { jwt: ({ token }) => ({ ...token, padding: "x".repeat(4000) }) },
});

/** With the configuration of our package: the form that the documentation has. */
const configured = NextAuth(createAuthConfig());

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

/** `auth(…)` of `next-auth` 5 with our configuration, around a handler and as middleware itself. */
application.get("/configured", (request, response) => middleware(configured.auth, request, response));
application.get("/configured/dashboard", async (request, response) => {
  send(await configured.auth(nextRequest(request), { waitUntil() {} }), response);
});

/** What the server action `signIn()` of `next-auth` 5 itself sends to a browser. */
application.get("/configured/sign-in", async (request, response) => {
  const { csrfToken } = await (await configured.handlers.GET(nextRequest(request, "/api/auth/csrf"))).json();
  const form = { method: "POST", body: new URLSearchParams({ csrfToken, callbackUrl: "/" }) };
  send(await configured.handlers.POST(nextRequest(request, "/api/auth/signin/github", form)), response);
});

/** `next-auth` 4. Its requests have parsed cookies. */
application.get("/next-auth-4/session", async (request, response) => {
  response.json(await getServerSession(parsed(request), response, authOptions()));
});
application.get("/next-auth-4/token", async (request, response) => {
  response.json(await getTokenOfVersion4({ req: parsed(request), ...tokenOptions() }));
});
application.get("/next-auth-4/dashboard", async (request, response) => {
  const answer = await withAuth(authOptions())(nextRequest(request), { waitUntil() {} });
  send(answer ?? Response.json("admitted"), response);
});

/** `signIn()`, `signOut()` and `proxy()` of our package, as in form actions. */
application.post("/actions/sign-in", async (request, response) => {
  redirect(await signIn(request, "github", { redirectTo: "/?a=1" }), response);
});
application.post("/actions/sign-out", async (request, response) => {
  redirect(await signOut(request, { redirectTo: "/" }), response);
});
application.use("/api/auth", async (request, response) => {
  send(await proxy(nextRequest(request, request.originalUrl)), response);
});

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
  const decide = auth((incoming) =>
    incoming.auth
      ? Response.json(incoming.auth)
      : Response.redirect(new URL("/api/auth/signin", incoming.nextUrl.origin)),
  );
  send(await decide(nextRequest(request), {}), response);
}

function nextRequest(request, path = request.url, init = {}) {
  const { cookie = "" } = request.headers;
  // A new body has another type and length.
  const headers = init.body ? { cookie } : request.headers;
  return new NextRequest(new URL(path, process.env.AUTH_URL), { headers, ...init });
}

/** Cookies as Next.js parses them. */
function parsed({ headers }) {
  const pairs = (headers.cookie ?? "").split("; ").map((pair) => pair.split("="));
  return { headers, cookies: Object.fromEntries(pairs.map(([name, value]) => [name, decodeURIComponent(value ?? "")])) };
}

function redirect({ url, setCookie }, response) {
  setCookie.forEach((cookie) => response.appendHeader("Set-Cookie", cookie));
  response.redirect(303, url);
}

async function send(answer, response) {
  response.status(answer.status);
  answer.headers.forEach((value, name) => name !== "set-cookie" && response.setHeader(name, value));
  answer.headers.getSetCookie().forEach((cookie) => response.appendHeader("Set-Cookie", cookie));
  response.send(await answer.text());
}

application.listen(Number(process.env.PORT), "127.0.0.1");
