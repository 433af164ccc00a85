// The same with Express. Arguments: the folder of the npm package's modules, and a folder where Express is installed.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , sdk, installed] = process.argv;
const require = createRequire(`${installed}/`);
const express = require('express');
const { createProxyMiddleware } = require('http-proxy-middleware');
const { getAccessToken } = await import(pathToFileURL(`${sdk}/express.js`));

const { AUTH_URL, AUTH_FACADE_URL, API_URL } = process.env;
const app = express();

app.use(createProxyMiddleware({ pathFilter: '/api/auth', target: AUTH_FACADE_URL, changeOrigin: false }));

app.get(['/orders', '/invoices'], async (request, response) => {
  try {
    const token = await getAccessToken(request);
    if (token === null) {
      response.status(401).json({ message: 'Please sign in.' });
      return;
    }
    const authorization = `${token.tokenType} ${token.accessToken}`;
    const orders = await fetch(API_URL + request.path, { headers: { authorization } });
    response.status(orders.status).json(await orders.json());
  } catch ({ name, code, message }) {
    response.status(500).json({ name, code, message });
  }
});

app.get('/', (request, response) => response.send('A page'));

app.listen(new URL(AUTH_URL).port, 'localhost');
