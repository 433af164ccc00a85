#!/bin/bash
# Puts secrets into the realm to import and becomes Keycloak. Keycloak itself would take them from environment variables, which
# "docker inspect" shows, and /proc to whoever runs something in the container. bash alone does it: Keycloak's image has little else.
set -euo pipefail
umask 077
realm=$(</etc/multi-client-auth/realm.json)

# NAME VALUE: in place of ${NAME} and of ${NAME:default}.
put() {
  local value=$2
  value=${value//\\/\\\\}
  value=${value//\"/\\\"}
  while [[ $realm =~ \$\{$1(:[^}]*)?\} ]]; do
    realm=${realm%%"${BASH_REMATCH[0]}"*}$value${realm#*"${BASH_REMATCH[0]}"}
  done
}

for name in facade portfolio dashboard; do
  put "${name^^}_CLIENT_SECRET" "$(<"/run/secrets/$name-client-secret")"
done
while IFS= read -r line || [[ -n $line ]]; do
  line=${line%$'\r'}
  name=${line%%=*} value=${line#*=}
  # What is empty has the realm file's default.
  if [[ $name =~ ^[A-Z][A-Z0-9_]*$ && -n $value ]]; then
    [[ $value != *'${'* ]] || { echo "providers.env: $name must not have \${ in it" >&2; exit 1; }
    put "$name" "$value"
  fi
done </run/secrets/providers.env

mkdir -p /opt/keycloak/data/import
printf '%s' "$realm" >/opt/keycloak/data/import/multi-client-auth-realm.json
exec /opt/keycloak/bin/kc.sh "$@"
