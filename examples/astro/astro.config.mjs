import node from '@astrojs/node';
import { defineConfig } from 'astro/config';
import { loadEnv } from 'vite';

Object.assign(process.env, loadEnv('development', process.cwd(), 'AUTH_')); // .env.local

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  server: { port: 4321 },
  vite: {
    server: {
      strictPort: true, // another port would be another application
      proxy: { '/api/auth/': { target: process.env.AUTH_FACADE_URL, changeOrigin: false } },
    },
  },
});
