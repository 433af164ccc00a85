export { createAuthConfig } from "multi-client-auth/config";
