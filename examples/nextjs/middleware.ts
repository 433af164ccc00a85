// Everybody who is not signed in gets to the sign-in page, and from there back.
export { auth as middleware } from "@/auth";

export const config = { matcher: ["/dashboard/:path*"] };
