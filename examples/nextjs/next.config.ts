import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Otherwise Next.js looks for lock files in the folders above and takes one of those for the root.
  outputFileTracingRoot: import.meta.dirname,
};

export default config;
