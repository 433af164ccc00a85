import vue from '@vitejs/plugin-vue';

export default {
  plugins: [vue()],
  server: {
    port: 5173,
    strictPort: true, // another port would be another application
    proxy: {
      '/api/auth/': { target: process.env.AUTH_FACADE_URL ?? 'http://localhost:8090', changeOrigin: false },
    },
  },
};
