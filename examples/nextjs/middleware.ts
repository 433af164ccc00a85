import { NextResponse, type NextFetchEvent, type NextRequest } from "next/server";
import { auth } from "multi-client-auth/next";

export const config = { matcher: ["/api/auth/:path*", "/dashboard/:path*"] };

export default function middleware(request: NextRequest, event: NextFetchEvent) {
  return request.nextUrl.pathname.startsWith("/api/auth/") ? toTheFacade(request) : signedInOnly(request, event);
}

/**
 * Does what `rewrites` of next.config would do, but reads the address at run time, so that one build runs everywhere.
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
  // AUTH_URL first: behind a proxy, request.nextUrl has the address at which this server listens, not the browser's.
  const signIn = new URL("/api/auth/signin", process.env.AUTH_URL || request.nextUrl);
  signIn.searchParams.set("callbackUrl", request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.redirect(signIn);
});
