export { auth, handlers, signIn, signOut } from "multi-client-auth/next";
