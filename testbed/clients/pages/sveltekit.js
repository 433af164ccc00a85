import * as client from "@auth/sveltekit/client";

window.client = client;
