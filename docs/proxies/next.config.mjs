// Everything below /api/auth/ goes to the facade, the rest is the application's own.
export default {
  rewrites: async () => [
    { source: '/api/auth/:path*', destination: 'http://facade.internal:8090/api/auth/:path*' },
  ],
};
