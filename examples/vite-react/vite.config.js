import react from '@vitejs/plugin-react';

export default {
  plugins: [react()],
  server: {
    port: 5173,
    strictPort: true, // another port would be another application
    proxy: {
      '/api/auth/': { target: process.env.AUTH_FACADE_URL ?? 'http://localhost:8090', changeOrigin: false },
    },
  },
};
