export default defineNuxtConfig({
  compatibilityDate: '2026-01-01',
  modules: ['@sidebase/nuxt-auth'],
  auth: {
    disableInternalRouting: true, // the facade answers, not this server
    baseURL: `${process.env.AUTH_URL}/api/auth`,
    provider: { type: 'authjs' },
  },
  nitro: {
    devProxy: {
      '/api/auth': { target: `${process.env.AUTH_FACADE_URL}/api/auth`, changeOrigin: false },
    },
  },
});
