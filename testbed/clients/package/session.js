import * as client from "multi-client-auth/client";

/** What every page of this folder has: shows a state as data, and lets the tests call the package as `client.signIn(…)`. */
window.client = client;

const root = document.getElementById("root");
root.innerHTML = '<p id="status"></p><pre id="session"></pre><p id="error"></p>';

export function paint({ status, data, error }) {
  root.querySelector("#status").textContent = status;
  root.querySelector("#session").textContent = JSON.stringify(data);
  root.querySelector("#error").textContent = error?.code ?? "";
}
