// Compiled with strict settings, and never run: what applications write must have types.
import express from "express";
import type { Signal } from "@angular/core";
import type { ComputedRef } from "vue";
import { injectSession } from "multi-client-auth/angular";
import { AuthClientError, getSession, requireFresh, signIn, signOut } from "multi-client-auth/client";
import type { Session as SessionOfTheClient } from "multi-client-auth/client";
import { expressAuth } from "multi-client-auth/express";
import { useSession } from "multi-client-auth/react";
import type { Session } from "multi-client-auth/react";
import { auth, authenticate } from "multi-client-auth/server";
import { current, onSessionChange, refresh, stateOf, subscribe } from "multi-client-auth/session";
import type { AuthSession } from "multi-client-auth/session";
import { session } from "multi-client-auth/svelte";
import { useSession as useSessionOfVue } from "multi-client-auth/vue";

const application = express();
application.use(expressAuth());
application.get("/", (request, response) => {
  const mail: string | undefined = request.auth?.user.email;
  // @ts-expect-error: nobody may be signed in
  request.auth.user;
  response.json({ mail });
});

application.post("/transfer", expressAuth({ maxAge: 300, acr: "gold" }), (request, response) => {
  response.json(request.auth?.acr);
});

export async function transfer(request: Request): Promise<Response> {
  const { session, unauthorized } = await authenticate(request, { maxAge: 300, acr: ["silver", "gold"] });
  if (unauthorized) {
    return unauthorized;
  }
  const administrator: string | undefined = session.actor?.name;
  const methods: string[] | undefined = session.amr;
  return Response.json([session.user.id, session.authTime, administrator, methods]);
}

// @ts-expect-error: a number of seconds
void auth(new Request("https://portfolio.example.com/"), { maxAge: "300" });

export async function page(request: Request): Promise<string> {
  const session: Session | null = await auth(request);
  const same: AuthSession | SessionOfTheClient | null = session;
  return same === null ? "nobody" : same.user.id;
}

export function Component(initial: Session | null): string {
  const { data, status, error, update } = useSession(initial);
  void update();
  if (error !== undefined) {
    return error.code;
  }
  // The status tells whether there is a session.
  return status === "authenticated" ? data.user.id : "nobody";
}

export function setup(): ComputedRef<"loading" | "authenticated" | "unauthenticated"> {
  const { status, data } = useSessionOfVue(null);
  const name: string | undefined = data.value?.user.name;
  void name;
  return status;
}

export class Navigation {
  readonly session: Signal<{ status: string }> = injectSession();
}

export const ends = [
  session.subscribe(({ data }) => data?.user.id),
  subscribe((now, before) => now.status === before.status, stateOf(undefined)),
  onSessionChange((now, before) => [now?.user.id, before?.user.id]),
];

export async function inThePage(): Promise<void> {
  try {
    await signIn("github", { redirectTo: "/" });
    await signIn("github", {}, { max_age: 0, acr_values: "gold" });
    const fresh: Session = await requireFresh({ maxAge: 300, acr: "gold", provider: "github", redirectTo: "/" });
    void fresh.acr;
    // @ts-expect-error: max_age is the name in the address
    await requireFresh({ max_age: 300 });
    await signOut();
    await getSession();
  } catch (error) {
    if (error instanceof AuthClientError && error.code === "unavailable") {
      void refresh();
    }
  }
  // @ts-expect-error: there is no such status
  void (current().status === "signed-in");
}
