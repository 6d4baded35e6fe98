#!/bin/sh
# A private PostgreSQL cluster for tests: in a folder of its own, on a Unix socket only, without
# syncing, and gone when the process it was started for ends.
#
#   postgres.sh PID      starts it for that process and prints its address
#
# As a nextest setup script ($NEXTEST_ENV is set) it serves the whole run and exports METIER_POSTGRES.
set -eu

if [ "${METIER_NO_POSTGRES:-}" = 1 ]; then
    echo "METIER_NO_POSTGRES=1: no test runs on PostgreSQL" >&2
    exit 0
fi

owner=${1:-$PPID}

# The server's programs are on PATH, or where Debian puts them.
bin=
for folder in $(echo "$PATH" | tr : ' ') $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then bin=$folder; break; fi
done
if [ -z "$bin" ]; then
    echo "PostgreSQL is not installed (initdb and pg_ctl not found): install it (on Debian: apt-get install postgresql), or set METIER_NO_POSTGRES=1 to leave its tests out" >&2
    exit 1
fi

# It refuses to run as root.
as_server() { "$@"; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/metier-pg.XXXXXX")
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$folder"
    as_server() { setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"; }
fi

start() {
    cd "$folder"
    as_server "$bin/initdb" --pgdata=data --username=metier --auth=trust --encoding=UTF8 --no-locale --no-sync
    as_server "$bin/pg_ctl" start --pgdata=data --log=log --wait --timeout=60 --options="\
        -c listen_addresses='' -c unix_socket_directories=$folder -c max_connections=200 \
        -c fsync=off -c full_page_writes=off -c autovacuum=off"
}
if ! start >"$folder.out" 2>&1 </dev/null; then
    echo "PostgreSQL could not be started:" >&2
    cat "$folder.out" "$folder/log" >&2 2>/dev/null || true
    rm -rf "$folder" "$folder.out"
    exit 1
fi
rm -f "$folder.out"

# Stop it when the owner is gone.
(
    cd /
    while kill -0 "$owner" 2>/dev/null; do sleep 1; done
    as_server "$bin/pg_ctl" stop --pgdata="$folder/data" --mode=immediate --wait
    rm -rf "$folder"
) >/dev/null 2>&1 </dev/null &

address="postgres://metier@localhost/postgres?host=$folder"
if [ -n "${NEXTEST_ENV:-}" ]; then echo "METIER_POSTGRES=$address" >>"$NEXTEST_ENV"; fi
echo "$address"
