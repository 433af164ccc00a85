import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { expressAuth } from 'multi-client-auth/express';

const app = express();

// While developing. In production the proxy in front of this server forwards.
app.use(createProxyMiddleware({ pathFilter: '/api/auth', target: process.env.AUTH_FACADE_URL, changeOrigin: false }));

app.use(expressAuth());

app.get('/me', (request, response) => {
  if (!request.auth) {
    return response.status(401).json(null);
  }
  return response.json(request.auth.user);
});

app.use(express.static('public'));

app.listen(new URL(process.env.AUTH_URL).port);
