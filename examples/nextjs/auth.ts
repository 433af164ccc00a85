import NextAuth from "next-auth";
import { createAuthConfig } from "@/auth.config";
import "multi-client-auth/types";

// A function, so that the environment is read at run time, not when the application is built.
export const { handlers, auth } = NextAuth(() => createAuthConfig());
