export { AuthClientError, getSession, signIn, signOut } from "multi-client-auth/client";
