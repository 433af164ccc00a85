#!/bin/sh
# Puts the names of this installation into the configuration and starts nginx. It does not use the template mechanism of the public
# image, so it works in every image with nginx, as any user and with a read-only root file system.
# With --print it prints the configuration instead of starting nginx.
set -eu
die() { echo "$*" >&2; exit 1; }

script=
for name in HTTPS_PORT KEYCLOAK_HOST PORTFOLIO_HOST DASHBOARD_HOST PROVIDERS_HOST PORTFOLIO_UPSTREAM DASHBOARD_UPSTREAM; do
  eval "value=\$$name"
  case $value in
    *://*) die "$name must be HOST:PORT, without http:// or https://" ;;
    "" | *[!A-Za-z0-9.:_-]*) die "$name is not set to a host name or port" ;;
  esac
  script="$script;s|@$name@|$value|g"
done
# As in an origin: no suffix for the default port of https.
case $HTTPS_PORT in 443) suffix= ;; *) suffix=:$HTTPS_PORT ;; esac

age=${HSTS_MAX_AGE:-31536000}
case $age in *[!0-9]*) die "HSTS_MAX_AGE must be a number of seconds" ;; esac

# Requests of this machine to a published port come from the container's default gateway.
this_machine() {
  while read -r _ destination gateway _; do
    case $destination in
      00000000) printf '%d.%d.%d.%d' $(echo "$gateway" | sed 's/\(..\)\(..\)\(..\)\(..\)/0x\4 0x\3 0x\2 0x\1/'); return ;;
    esac
  done </proc/net/route
  die "ADMIN_NETWORKS: there is no default gateway, so this-machine has no address"
}

administrators=
for network in $(echo "${ADMIN_NETWORKS-}" | tr , ' '); do
  case $network in
    this-machine)
      # If nginx listens elsewhere too, an engine may show requests of other machines under the same address.
      case ${LISTEN_ADDRESS-} in
        127.*) network=$(this_machine) ;;
        *) die "ADMIN_NETWORKS: this-machine needs LISTEN_ADDRESS=127.0.0.1. Name the networks of your administrators instead" ;;
      esac ;;
    *[!0-9a-f.:/]*) die "ADMIN_NETWORKS must be networks such as 10.1.2.0/24, separated by commas" ;;
  esac
  administrators="$administrators $network 1;"
done

# The network of the containers beside nginx, such as the facades. Its first address belongs to this machine and is excluded: an engine
# may show requests from anywhere under that address.
case ${PROXY_SUBNET:-} in
  "" | *[!0-9./]*) die "PROXY_SUBNET is not set to a network" ;;
esac
network=${PROXY_SUBNET%/*}
machine=${network%.*}.$((${network##*.} + 1))

render() {
  sed "${script#;};s|@PORT_SUFFIX@|$suffix|g;s|@HSTS_MAX_AGE@|$age|g;s|@ADMINISTRATORS@|$administrators|
    s|@NEIGHBOURS@|$PROXY_SUBNET 1; $machine 0;|" "$(dirname "$0")/nginx.conf"
}

if [ "${1-}" = --print ]; then
  render
else
  render >/tmp/nginx.conf
  exec nginx -e stderr -c /tmp/nginx.conf -g 'daemon off;'
fi
