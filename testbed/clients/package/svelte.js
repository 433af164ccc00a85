// A component of Svelte subscribes like this. It needs nothing of Svelte.
import { session } from "multi-client-auth/svelte";
import { paint } from "./session.js";

session.subscribe(paint);
