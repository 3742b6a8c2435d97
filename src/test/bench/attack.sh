#!/bin/sh
# Attacks a relay while a call goes through it, phones wait on it, and newcomers sign in. Prints the call's loss and delay, and
# how long newcomers took. Exits with 1 if 0.1 % of the call's packets were lost, one in a hundred took longer than 50 ms, or a
# newcomer was not signed in within 2 s.
# Usage: src/test/bench/attack.sh [ATTACK...]     default: all of them
#   handshakes-100, handshakes-1000, handshakes-4000: 10,000 unfinished TLS handshakes from so many addresses
#   media: one sender as fast as it can            hello: classic HELLOs from one address
#   watch: requests for the list of contacts       slow-readers: the same, and the answers are not read
#
# Environment: SECONDS_EACH (20), PHONES (800); as in v2-relay.sh; KEEP_LOG, a file for the relay's log.
set -eu
cd "$(dirname "$0")/../../.."
. src/test/bench/v2-relay.sh
[ $# -gt 0 ] || set -- handshakes-100 handshakes-1000 handshakes-4000 media hello watch slow-readers
phones=${PHONES:-800}
need_descriptors $((phones * 2 + 12000))
start_relay $((phones + 400))
# shellcheck disable=SC2154 # from v2-relay.sh
"$java" -Xmx1g -XX:+UseSerialGC -cp "$classpath" voiptui.bench.relay.AttackBench "$pid" 127.0.0.1 "$tcp_port" \
    "${SECONDS_EACH:-20}" "$phones" "$@" && status=0 || status=$?
grep -c . "$scratch/log" | sed 's/^/lines in the log of the relay: /'
exit $status
