import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Otherwise Next.js looks for lock files in the folders above and takes one of those for the root.
  outputFileTracingRoot: import.meta.dirname,
  // Auth.js' own pages name no icon, so that browsers ask for this one.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
};

export default config;
