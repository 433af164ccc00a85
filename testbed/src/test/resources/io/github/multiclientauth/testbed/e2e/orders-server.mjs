// A server without a framework: a page of the application, whose API calls another API as the user who is signed in.
// Arguments: the folder of the npm package's modules.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const { getAccessToken, proxy } = await import(pathToFileURL(`${process.argv[2]}/server.js`));

async function answer(request) {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/api/auth/')) {
    return proxy(request);
  }
  if (pathname !== '/orders' && pathname !== '/invoices') {
    return new Response('A page', { headers: { 'content-type': 'text/html' } });
  }
  try {
    const token = await getAccessToken(request);
    if (token === null) {
      return Response.json({ message: 'Please sign in.' }, { status: 401 });
    }
    const authorization = `${token.tokenType} ${token.accessToken}`;
    const orders = await fetch(process.env.API_URL + pathname, { headers: { authorization } });
    return Response.json(await orders.json(), { status: orders.status });
  } catch ({ name, code, message }) {
    return Response.json({ name, code, message }, { status: 500 });
  }
}

const { AUTH_URL } = process.env;

createServer(async (incoming, outgoing) => {
  const { method, url } = incoming;
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  const chunks = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  const body = method === 'POST' ? Buffer.concat(chunks) : undefined;
  const response = await answer(new Request(AUTH_URL + url, { method, headers, body }));
  response.headers.forEach((value, name) => name === 'set-cookie' || outgoing.setHeader(name, value));
  outgoing.setHeader('set-cookie', response.headers.getSetCookie());
  outgoing.writeHead(response.status);
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}).listen(new URL(AUTH_URL).port, 'localhost');
