#!/bin/sh
# Measures the CPU time (as a share of one core) and resident memory of a client in a call, started by the launcher: from the
# fifth second on, when code is still being compiled, and again from the 25th, as most of a call is.
# Usage: src/test/bench/client.sh [SECONDS [OPTION...]], for example 30 --classic or 30 --codec pcm
set -eu
cd "$(dirname "$0")/../../.."
seconds=${1-30}
[ $# -eq 0 ] || shift
options=$*
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
scratch=$(mktemp -d)
started=

end() {
    # shellcheck disable=SC2086 # a list of process numbers
    [ -z "$started" ] || kill $started 2> /dev/null || :
    wait
    rm -rf "$scratch"
}
trap end EXIT
./install.sh --prefix "$scratch/prefix" --jar target/voiptui.jar > /dev/null
voiptui=$scratch/prefix/bin/voiptui

start() {
    log=$1
    shift
    "$voiptui" "$@" < /dev/null > /dev/null 2> "$scratch/$log" &
    started="$started $!"
}

await() {
    tries=0
    until grep -q "$2" "$scratch/$1" 2> /dev/null; do
        tries=$((tries + 1))
        [ "$tries" -lt 200 ] || { echo "client.sh: no '$2' in $1:" >&2; cat "$scratch/$1" >&2; exit 1; }
        sleep 0.1
    done
}

ticks() {
    awk '{ print $14 + $15 }' "/proc/$1/stat"
}

start relay relay --json --bind 127.0.0.1 --tcp-port 0 --udp-port 0 --state-dir "$scratch/state"
relay=$!
await relay '"started"'
tcp=$(sed -n 's/.*"control":"[^"]*:\([0-9]*\)".*/\1/p' "$scratch/relay" | head -n 1)
udp=$(sed -n 's/.*"media":"[^"]*:\([0-9]*\)".*/\1/p' "$scratch/relay" | head -n 1)
common="call --plain --server 127.0.0.1:$tcp --relay-udp-port $udp --mic tone --speaker null --accept-new $options"
export XDG_CONFIG_HOME="$scratch/client-config"
# shellcheck disable=SC2086 # a list of words
start client $common --name client --bind 127.0.0.2 --target 127.0.0.3
client=$!
export XDG_CONFIG_HOME="$scratch/peer-config"
# shellcheck disable=SC2086
start peer $common --name peer --bind 127.0.0.3 --target 127.0.0.2
await client 'in call'
await peer 'in call'
sleep 5

report() {
    awk -v what="$1" -v used="$(($(ticks "$2") - $3))" -v hz="$(getconf CLK_TCK)" -v s="$seconds" \
        -v rss="$(awk '/^VmRSS/ { print $2 }' "/proc/$2/status")" \
        'BEGIN { printf "%-7s %.1f %% of one core, %.0f MB resident\n", what, 100 * used / hz / s, rss / 1024 }'
}

measure() {
    client_before=$(ticks "$client")
    relay_before=$(ticks "$relay")
    sleep "$seconds"
    echo "$seconds s of a call, $1:"
    report client "$client" "$client_before"
    report relay "$relay" "$relay_before"
}

measure "from its fifth second on"
[ "$seconds" -ge 20 ] || sleep $((20 - seconds))
measure "warm"
