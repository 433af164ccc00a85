#!/bin/sh
# Makes the application of client.json. Needs kcadm.sh of Keycloak, and the password in KC_CLI_PASSWORD.
set -eu
: "${KEYCLOAK:?such as https://sso.example.com}" "${REALM:?}" "${ADMIN:?}" "${KC_CLI_PASSWORD:?}"

login=$(mktemp)
trap 'rm -f "$login"' 0
kcadm.sh config credentials --config "$login" --server "$KEYCLOAK" --realm master --user "$ADMIN"

flow=$(kcadm.sh get authentication/flows --config "$login" -r "$REALM" --fields id,alias --format csv --noquotes |
  sed -n 's/,multi-client-auth browser$//p')
kcadm.sh create clients --config "$login" -r "$REALM" -f client.json \
  -s "authenticationFlowBindingOverrides.browser=\"${flow:?There is no flow multi-client-auth browser}\""
