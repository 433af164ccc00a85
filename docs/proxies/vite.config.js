// While developing: the page is at http://localhost:5173, and so is /api/auth/.
export default {
  server: {
    // The origin is registered in Keycloak, so that another port would be another application.
    port: 5173,
    strictPort: true,
    proxy: {
      // changeOrigin would put the facade's own host in place of the one that the browser asked for.
      '/api/auth/': { target: 'http://localhost:8090', changeOrigin: false },
    },
  },
};
