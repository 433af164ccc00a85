import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Otherwise Next.js takes a parent folder with a lock file for the root.
  outputFileTracingRoot: import.meta.dirname,
  // Auth.js' own pages name no icon, so browsers request /favicon.ico.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
};

export default config;
