// The real Auth.js on Express, for the benchmark: it reads the same cookies with the same secret.
import { ExpressAuth } from "@auth/express";
import express from "express";

const app = express();
app.use(
  "/api/auth",
  ExpressAuth({
    basePath: "/api/auth",
    trustHost: true,
    secret: process.env.AUTH_SECRET,
    providers: [],
    callbacks: {
      // As a company would write it that needs what our session has.
      session({ session, token }) {
        const { sub: id, provider, clientOrigin, clientId } = token;
        return { ...session, user: { id, ...session.user, provider, clientOrigin, clientId } };
      },
    },
  }),
);
app.listen(Number(process.env.PORT), "127.0.0.1");
