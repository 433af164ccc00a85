// For an application below /docs. The facade stays at /api/auth of the origin, outside of it.
export default {
  basePath: '/docs',
  rewrites: async () => [
    { source: '/api/auth/:path*', destination: 'http://facade.internal:8090/api/auth/:path*', basePath: false },
  ],
};
