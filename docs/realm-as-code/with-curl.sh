#!/bin/sh
# Makes the application of client.json. Needs curl and jq, and the password in KC_CLI_PASSWORD.
set -eu
: "${KEYCLOAK:?such as https://sso.example.com}" "${REALM:?}" "${ADMIN:?}" "${KC_CLI_PASSWORD:?}"

# Password and token are never arguments, because every user of the machine can read those.
token=$(printf %s "$KC_CLI_PASSWORD" | curl -fsS "$KEYCLOAK/realms/master/protocol/openid-connect/token" \
  -d grant_type=password -d client_id=admin-cli --data-urlencode "username=$ADMIN" --data-urlencode password@- |
  jq -er .access_token)
admin() {
  printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl -sS --fail-with-body --config - -H 'Content-Type: application/json' "$@"
}

flow=$(admin "$KEYCLOAK/admin/realms/$REALM/authentication/flows" |
  jq -er '.[] | select(.alias == "multi-client-auth browser") | .id')
jq --arg flow "$flow" '.authenticationFlowBindingOverrides.browser = $flow' client.json > client-with-flow.json
admin "$KEYCLOAK/admin/realms/$REALM/clients" --data @client-with-flow.json
