#!/bin/sh
# Puts the names of this installation into the configuration and becomes nginx. Not the template mechanism of the public image:
# this one does the same in every image that has nginx, as any user, with a root file system that nobody can write to.
set -eu
script=
for name in HTTPS_PORT KEYCLOAK_HOST PORTFOLIO_HOST DASHBOARD_HOST PROVIDERS_HOST PORTFOLIO_UPSTREAM DASHBOARD_UPSTREAM; do
  eval "value=\$$name"
  case $value in
    *://*) echo "$name must be HOST:PORT, without http:// or https://" >&2; exit 1 ;;
    "" | *[!A-Za-z0-9.:_-]*) echo "$name is not set to a host name or port" >&2; exit 1 ;;
  esac
  script="$script;s|@$name@|$value|g"
done
# As in an origin: without the port that https has by itself.
case $HTTPS_PORT in 443) suffix= ;; *) suffix=:$HTTPS_PORT ;; esac
sed "${script#;};s|@PORT_SUFFIX@|$suffix|g" /etc/multi-client-auth/nginx.conf >/tmp/nginx.conf
exec nginx -e stderr -c /tmp/nginx.conf -g 'daemon off;'
