#!/bin/sh
# Measures a call and new sign-ins on a relay flooded with unfinished TLS handshakes. Exits with 1 if a packet is
# lost, more than 1 % of packets take longer than 20 ms, or a sign-in fails.
# Usage: src/test/bench/v2-flood.sh [CONNECTIONS [ADDRESSES [SECONDS]]]     default: 10000 from 100 addresses, 30 s
#
# Environment: as in v2-relay.sh; KEEP_LOG, a file for the relay's log.
set -eu
cd "$(dirname "$0")/../../.."
. src/test/bench/v2-relay.sh
connections=${1-10000}
need_descriptors $((connections + 1000))
start_relay 100
# shellcheck disable=SC2154 # from v2-relay.sh
"$java" -Xmx512m -XX:+UseSerialGC -cp "$classpath" voiptui.bench.V2Flood "$pid" 127.0.0.1 "$tcp_port" "$connections" \
    "${2-100}" "${3-30}"
