import { reactRouter } from '@react-router/dev/vite';
import { loadEnv } from 'vite';

export default ({ mode }) => {
  Object.assign(process.env, loadEnv(mode, process.cwd(), 'AUTH_')); // .env.local
  return {
    plugins: [reactRouter()],
    server: {
      port: 5173,
      strictPort: true, // another port would be another application
      proxy: { '/api/auth/': { target: process.env.AUTH_FACADE_URL, changeOrigin: false } },
    },
  };
};
