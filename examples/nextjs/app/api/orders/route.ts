import { AccessTokenError, getAccessToken } from "multi-client-auth/next";

// Calls an API as the user who is signed in. The page gets what the API answers, and never the token.
export async function GET() {
  try {
    const token = await getAccessToken();
    if (token === null) {
      return Response.json({ message: "Please sign in." }, { status: 401 });
    }
    const authorization = `${token.tokenType} ${token.accessToken}`;
    const orders = await fetch(`${process.env.API_URL}/orders`, { headers: { authorization } });
    return Response.json(await orders.json(), { status: orders.status });
  } catch (error) {
    if (!(error instanceof AccessTokenError)) {
      throw error;
    }
    // It says what to do, to whoever runs this server.
    console.error(error.message);
    return Response.json({ message: "The orders cannot be had.", code: error.code }, { status: 503 });
  }
}
