import { NextResponse, type NextFetchEvent, type NextRequest } from "next/server";
import { auth } from "multi-client-auth/next";

export const config = { matcher: ["/api/auth/:path*", "/dashboard/:path*"] };

export default function middleware(request: NextRequest, event: NextFetchEvent) {
  return request.nextUrl.pathname.startsWith("/api/auth/") ? toTheFacade(request) : signedInOnly(request, event);
}

/**
 * What `rewrites` of next.config would do, but with an address that is read at run time: one build for every place.
 * Without a facade, the handlers in app/api/auth answer.
 */
function toTheFacade({ nextUrl }: NextRequest) {
  const facade = process.env.AUTH_FACADE_URL;
  return facade ? NextResponse.rewrite(new URL(nextUrl.pathname + nextUrl.search, facade)) : NextResponse.next();
}

const signedInOnly = auth((request) => {
  if (request.auth) {
    return NextResponse.next();
  }
  // Not at request.nextUrl: behind a proxy, that is where this server listens, and not where the browser is.
  const signIn = new URL("/api/auth/signin", process.env.AUTH_URL || request.nextUrl);
  signIn.searchParams.set("callbackUrl", request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.redirect(signIn);
});
