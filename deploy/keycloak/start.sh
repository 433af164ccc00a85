#!/bin/bash
# Puts secrets into the realm file and starts Keycloak. Keycloak itself reads them from environment variables only, which "docker inspect"
# and /proc show. Uses bash alone, because Keycloak's image has few other programs.
set -euo pipefail
umask 077
realm=$(</etc/multi-client-auth/realm.json)

# put NAME VALUE: replaces ${NAME} and ${NAME:default} in the realm.
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
  # Empty values leave the realm file's default.
  if [[ $name =~ ^[A-Z][A-Z0-9_]*$ && -n $value ]]; then
    [[ $value != *'${'* ]] || { echo "providers.env: $name must not contain \${" >&2; exit 1; }
    put "$name" "$value"
  fi
done </run/secrets/providers.env

mkdir -p /opt/keycloak/data/import
printf '%s' "$realm" >/opt/keycloak/data/import/multi-client-auth-realm.json
exec /opt/keycloak/bin/kc.sh "$@"
