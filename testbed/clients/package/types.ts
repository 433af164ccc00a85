// Compiled with strict settings, and never run: what applications write must have types.
import express from "express";
import type { Signal } from "@angular/core";
import type { ComputedRef } from "vue";
import { injectSession } from "multi-client-auth/angular";
import { AuthClientError, getSession, signIn, signOut } from "multi-client-auth/client";
import type { Session as SessionOfTheClient } from "multi-client-auth/client";
import { expressAuth } from "multi-client-auth/express";
import { useSession } from "multi-client-auth/react";
import type { Session } from "multi-client-auth/react";
import { auth } from "multi-client-auth/server";
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
