import { createApp, h } from "vue";
import * as client from "multi-client-auth/client";
import { useSession } from "multi-client-auth/vue";

window.client = client;

createApp({
  setup() {
    const { status, data, error } = useSession();
    return () => [
      h("p", { id: "status" }, status.value),
      h("pre", { id: "session" }, JSON.stringify(data.value)),
      h("p", { id: "error" }, error.value?.code),
    ];
  },
}).mount("#root");
