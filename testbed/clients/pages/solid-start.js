import * as client from "@auth/solid-start/client";

window.client = client;
