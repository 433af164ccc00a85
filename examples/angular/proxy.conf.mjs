export default {
  '/api/auth': { target: process.env.AUTH_FACADE_URL ?? 'http://localhost:8090', changeOrigin: false },
};
